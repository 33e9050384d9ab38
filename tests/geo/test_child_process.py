from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.child_process import Limits, refused_about, run_in_child
from geo.errors import GeoError, ParseRefused
from tests.geo import hostile_readers as readers

unix_only = pytest.mark.skipif(sys.platform == "win32", reason="memory and processor limits need a Unix")


def test_a_reader_hands_back_its_answer() -> None:
    assert run_in_child(readers.add, 2, 3) == 5


def test_a_frame_comes_back_whole() -> None:
    assert run_in_child(readers.frame, 1000).equals(readers.frame(1000))


def test_a_dataclass_of_ours_comes_back_as_itself() -> None:
    assert run_in_child(readers.limits_given, Limits(wall_seconds=3.5)) == Limits(wall_seconds=3.5)


@pytest.mark.parametrize("reader", [readers.abort, readers.segfault], ids=["abort", "segmentation fault"])
@unix_only
def test_a_crash_is_refused_in_words(reader: Callable[[], None]) -> None:
    with pytest.raises(ParseRefused, match=r"crashed or ran out of memory.*save it afresh"):
        run_in_child(reader)


def test_a_hanging_reader_is_ended_at_the_wall_limit() -> None:
    started = time.monotonic()
    with pytest.raises(ParseRefused, match=r"not read within 0\.5 seconds"):
        run_in_child(readers.hang, limits=Limits(wall_seconds=0.5))
    assert time.monotonic() - started < 10


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="needs /proc to see other processes")
def test_what_a_hanging_reader_started_is_ended_with_it(tmp_path: Path) -> None:
    with pytest.raises(ParseRefused):
        run_in_child(readers.hang_with_grandchild, str(tmp_path), limits=Limits(wall_seconds=1.5))
    assert not _is_named_by_a_process(str(tmp_path))


def _is_named_by_a_process(text: str) -> bool:
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if text.encode() in line.read_bytes():
                return True
    return False


@unix_only
def test_a_reader_that_burns_its_processor_time_is_ended() -> None:
    with pytest.raises(ParseRefused, match="more than 1 seconds of processor time"):
        run_in_child(readers.burn, limits=Limits(cpu_seconds=1, wall_seconds=30))


@unix_only
def test_a_reader_that_asks_for_too_much_memory_is_refused() -> None:
    with pytest.raises(ParseRefused, match="more memory than allowed"):
        run_in_child(readers.hoard, 3, limits=Limits(address_space_bytes=2 * 1024**3))


@pytest.mark.parametrize("reader", [readers.panic, readers.quote_a_row], ids=["panic", "ordinary error"])
def test_an_error_of_a_library_names_its_kind_and_place_but_never_the_row(reader: Callable[[], None]) -> None:
    with pytest.raises(ParseRefused) as refused:
        run_in_child(reader)
    told = str(refused.value) + "".join(refused.value.__notes__)
    assert "Jane" not in told
    assert "hostile_readers.py:" in told


def test_an_error_of_our_own_arrives_with_its_words() -> None:
    with pytest.raises(GeoError, match=r"^wards\.geojson has no column WD18CD; name one it has$"):
        run_in_child(readers.refuse)


def test_what_a_reader_prints_is_no_answer_and_it_has_no_input_of_ours() -> None:
    assert run_in_child(readers.chatter) == "answer"


def test_secrets_in_the_environment_stay_with_the_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPEAT_DEMAND_DATABASE_URL", "postgresql://secret")
    assert run_in_child(readers.secret) is None


def test_a_path_from_the_working_folder_means_the_same_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "extract.txt").write_text("rows", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run_in_child(readers.read_text, "extract.txt") == "rows"


def test_a_reader_has_an_empty_temporary_folder_of_its_own_that_is_gone_afterwards() -> None:
    place, *names = run_in_child(readers.folder)
    assert (names, Path(place).exists()) == (["scratch"], False)


def test_a_hostile_answer_runs_nothing_here(tmp_path: Path) -> None:
    with pytest.raises(ParseRefused, match="answer that is not allowed"):
        run_in_child(readers.hostile_answer, str(tmp_path / "taken-over"))
    assert not (tmp_path / "taken-over").exists()


def test_an_answer_of_a_class_that_is_not_listed_is_refused() -> None:
    with pytest.raises(ParseRefused, match="answer that is not allowed"):
        run_in_child(readers.unlisted_answer)


def test_an_answer_may_hold_our_classes_but_call_none_of_our_functions() -> None:
    with pytest.raises(ParseRefused, match="answer that is not allowed"):
        run_in_child(readers.answer_that_calls)


def test_a_function_that_a_child_cannot_find_is_our_own_fault() -> None:
    with pytest.raises(ValueError, match="module-level"):
        run_in_child(lambda: 1)


def test_a_reader_runs_from_any_thread() -> None:
    answers: list[int] = []
    thread = threading.Thread(target=lambda: answers.append(run_in_child(readers.add, 1, 1)))
    thread.start()
    thread.join(30)
    assert answers == [2]


def test_a_script_is_not_run_again_by_its_child(tmp_path: Path) -> None:
    script = tmp_path / "page.py"
    script.write_text(
        "from geo.child_process import run_in_child\n"
        "from tests.geo.hostile_readers import add\n"
        "print('once', run_in_child(add, 2, 2))\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run([sys.executable, script], capture_output=True, text=True, env=environment, timeout=60)
    assert run.stdout == "once 4\n"


def test_a_refusal_can_name_its_file_and_keeps_its_place() -> None:
    refused = ParseRefused("the file could not be read")
    refused.add_note("in the reader: x.py:1")
    about = refused_about(refused, "wards.gpkg")
    assert (str(about), about.__notes__) == ("wards.gpkg: the file could not be read", ["in the reader: x.py:1"])

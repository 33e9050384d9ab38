"""Can words from data become markup, or one reader's answer reach another through a cache?"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.sources import modules, named, tree_of

MARKDOWN = set(
    "markdown caption title header subheader write info warning error success toast metric button link_button checkbox "
    "toggle radio selectbox multiselect slider select_slider text_input text_area number_input date_input time_input "
    "form_submit_button download_button file_uploader expander popover tabs table badge progress spinner status "
    "pills segmented_control page_link dialog".split()
)
SHOWN = {"label", "body", "help", "value", "title", "options", "caption", "captions", "placeholder", "text"}


def unescaped(tree: ast.Module) -> list[int]:
    """Lines where text is put together inside a Markdown-reading call of Streamlit and a part is not escaped."""
    escaping = _escaping_names(tree)
    found = []
    for scope in ast.walk(tree):
        if not isinstance(scope, ast.FunctionDef | ast.Module):
            continue
        given = _assigned(scope)
        for call in _calls(scope):
            if not (isinstance(call.func, ast.Attribute) and call.func.attr in MARKDOWN and _is_streamlit(call.func)):
                continue
            shown = [*call.args, *(key.value for key in call.keywords if key.arg in SHOWN)]
            found += [call.lineno for text in shown if _is_built(text, given) and not _is_safe(text, given, escaping)]
    return sorted(set(found))


def _is_streamlit(function: ast.Attribute) -> bool:
    """Whether the call is st.… or a container's, such as a column's."""
    return isinstance(function.value, ast.Name | ast.Attribute | ast.Subscript | ast.Call)


def _calls(scope: ast.FunctionDef | ast.Module) -> Iterator[ast.Call]:
    """The calls in a function, or in a module outside its functions."""
    waiting: list[ast.AST] = list(scope.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda):
            continue
        if isinstance(node, ast.Call):
            yield node
        waiting += list(ast.iter_child_nodes(node))


def _assigned(scope: ast.FunctionDef | ast.Module) -> dict[str, list[ast.expr]]:
    """What each name of the scope is set to; an argument that is a number is as good as a constant."""
    found: dict[str, list[ast.expr]] = {}
    if isinstance(scope, ast.FunctionDef):
        arguments = (*scope.args.args, *scope.args.kwonlyargs)
        numbers = [argument.arg for argument in arguments if getattr(argument.annotation, "id", "") in {"int", "float"}]
        found = {name: [ast.Constant(0)] for name in numbers}
    for node in ast.walk(scope):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, []).append(node.value)
        elif isinstance(node, ast.AnnAssign | ast.AugAssign) and isinstance(node.target, ast.Name) and node.value:
            found.setdefault(node.target.id, []).append(node.value)
    return found


def _escaping_names(tree: ast.Module) -> set[str]:
    """Names under which functions of dashboard.text stand in the module: they write numbers, days and escaped words."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "dashboard.text":
            found |= {alias.asname or alias.name for alias in node.names if alias.name != "plotly_text"}
        elif isinstance(node, ast.ImportFrom) and node.module == "dashboard":
            found |= {alias.asname or alias.name for alias in node.names if alias.name == "text"}
    return found - {"plain_line"}


def _is_built(text: ast.expr, given: dict[str, list[ast.expr]]) -> bool:
    """Whether a text is put together here, in the call or in a name it is given by."""
    if isinstance(text, ast.Name):
        return any(_is_built(value, {}) for value in given.get(text.id, []))
    if isinstance(text, ast.Call) and isinstance(text.func, ast.Attribute):
        return text.func.attr in {"join", "format"}
    return isinstance(text, ast.JoinedStr | ast.BinOp)


def _is_safe(text: ast.expr, given: dict[str, list[ast.expr]], escaping: set[str]) -> bool:
    """Whether every part of a text is a constant, a figure in its form, or escaped."""

    def safe(part: ast.expr) -> bool:
        return _is_safe(part, given, escaping)

    match text:
        case ast.Constant():
            return True
        case ast.JoinedStr():
            return all(safe(part) for part in text.values)
        case ast.FormattedValue():
            return safe(text.value)
        case ast.BinOp():
            return safe(text.left) and safe(text.right)
        case ast.BoolOp() | ast.Tuple() | ast.List():
            return all(safe(part) for part in (text.values if isinstance(text, ast.BoolOp) else text.elts))
        case ast.IfExp():
            return safe(text.body) and safe(text.orelse)
        case ast.GeneratorExp() | ast.ListComp():
            return safe(text.elt)
        case ast.Starred():
            return safe(text.value)
        case ast.Name():
            return text.id.isupper() or (text.id in given and all(safe(value) for value in given[text.id]))
        case ast.Attribute(attr="markdown"):
            return True  # a finished cell of dashboard.components, whose words are escaped where it is made
        case ast.Call(func=ast.Name(id=name)):
            return name in escaping or name in {"len", "sum"}
        case ast.Call(func=ast.Attribute(value=ast.Name(id=owner))) if owner in escaping:
            return (
                text.func.attr not in {"plain_line", "plotly_text"} if isinstance(text.func, ast.Attribute) else False
            )
        case ast.Call(func=ast.Attribute(attr="join", value=ast.Constant())):
            return all(safe(part) for part in text.args)
        case _:
            return False


def test_no_text_is_put_together_for_markdown_without_escaping_its_parts() -> None:
    found = {named(file): lines for file in modules("dashboard") if (lines := unescaped(tree_of(file)))}
    assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        "st.markdown(f'Hello {name}')",
        "st.caption('Hello ' + name)",
        "st.metric('Contacts', f'{name}')",
        "st.button(label=f'Open {name}')",
        "st.write(', '.join(names))",
        "words = f'Hello {name}'\nst.markdown(words)",
        "def show(name):\n    column.info('Hello {}'.format(name))",
        "from dashboard.text import plain_line\nst.markdown(f'{plain_line(name)}')",
    ],
)
def test_a_text_that_is_not_escaped_is_noticed(text: str) -> None:
    assert unescaped(ast.parse(text))


@pytest.mark.parametrize(
    "text",
    [
        "from dashboard.text import escape_markdown\nst.markdown(f'Hello {escape_markdown(name)}')",
        "from dashboard import text\nst.caption(f'{text.count(3)} contacts')",
        "st.markdown('**Hello**')",
        "from dashboard.text import day\nsaid = ' · '.join(day(d) for d in days)\nst.caption(f'{said} and more')",
        "st.text(f'Hello {name}')",
    ],
)
def test_a_text_that_is_escaped_or_read_as_it_stands_passes(text: str) -> None:
    assert unescaped(ast.parse(text)) == []


def markup_allowed(tree: ast.Module) -> bool:
    """Whether a call lets text be HTML or JavaScript."""
    keys = {"unsafe_allow_html", "unsafe_allow_javascript"}
    return any(isinstance(node, ast.keyword) and node.arg in keys for node in ast.walk(tree))


def test_no_text_is_let_through_as_html() -> None:
    assert [named(file) for file in modules("dashboard") if markup_allowed(tree_of(file))] == []


def test_text_let_through_as_html_is_noticed() -> None:
    assert markup_allowed(ast.parse("st.markdown(x, unsafe_allow_html=True)"))


ANSWERS_NOBODY = {"Assumptions", "Build", "Database"}
"""What may be kept for everybody alike: opened once a process, with nothing in it that was released to somebody."""


def unsafe_caches(tree: ast.Module) -> list[str]:
    """Cached functions whose answer could reach a reader it was not made for, with the reason."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        kinds = {_last_name(decorator) for decorator in node.decorator_list}
        if not kinds & {"cache_data", "cache_resource", "cache", "lru_cache"}:
            continue
        names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
        inside = {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}
        is_answer = bool(kinds & {"cache_data", "cache_resource"}) or bool({"build", "build_id"} & set(names))
        is_for_all = node.returns is not None and ast.unparse(node.returns) in ANSWERS_NOBODY
        if is_answer and not is_for_all and "audience" not in names:
            found.append(f"{node.name} is cached for all audiences alike")
        if any(name.startswith("_") for name in names):
            found.append(f"{node.name} has an argument that is not part of the cache key")
        if inside & {"session_state", "user", "query_params"}:
            found.append(f"{node.name} reads who is asking from outside its arguments")
    return found


def _last_name(decorator: ast.expr) -> str:
    function = decorator.func if isinstance(decorator, ast.Call) else decorator
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def test_every_cached_answer_is_kept_by_audience() -> None:
    assert [fault for file in modules("dashboard") for fault in unsafe_caches(tree_of(file))] == []


@pytest.mark.parametrize(
    "text",
    [
        "@st.cache_data\ndef top_ten(build): ...",
        "@st.cache_data(max_entries=9)\ndef top_ten(build, _audience): ...",
        "@st.cache_data\ndef top_ten(build, audience):\n    return st.session_state.role",
        "@st.cache_resource\ndef store(_path): ...",
        "@st.cache_resource\ndef top_ten(build_id: str) -> Released: ...",
        "@st.cache_resource\ndef top_ten(build_id: str, _audience) -> Released: ...",
        "@cache\ndef top_ten(build_id: str): ...",
    ],
)
def test_a_cache_shared_between_audiences_is_noticed(text: str) -> None:
    assert unsafe_caches(ast.parse(text))


def test_what_is_opened_once_for_everybody_passes() -> None:
    assert unsafe_caches(ast.parse("@st.cache_resource\ndef opened(store: Path, build_id: str) -> Build: ...")) == []

"""The pages, one file each; run by the entry file only."""

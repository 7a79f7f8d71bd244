"""C source for the lints: comments blanked, string literals told from code, line numbers kept."""
import pathlib
import re

TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)


class Source:
    def __init__(self, root, path):
        self.path = path.relative_to(root).as_posix()
        text = path.read_text(encoding="utf-8")
        self.lines = text.count("\n")
        self.strings = []  # (line, text without the quotes)
        self.includes = [(text.count("\n", 0, found.start()) + 1, found[2])
                         for found in INCLUDE.finditer(TOKEN.sub(self._keep_strings, text))]
        self.code = TOKEN.sub(self._blank, text)

    @staticmethod
    def _keep_strings(found):
        return found[0] if found[0][0] == '"' else re.sub(r"[^\n]", " ", found[0])

    def _blank(self, found):
        if found[0][0] == '"':
            line = found.string.count("\n", 0, found.start()) + 1
            self.strings.append((line, found[0][1:-1]))
        return re.sub(r"[^\n]", " ", found[0])

    def find(self, pattern):
        """Yields (line, match) for a pattern in the code, comments and strings left out."""
        for found in re.finditer(pattern, self.code):
            yield self.code.count("\n", 0, found.start()) + 1, found

    @property
    def room(self):
        """src/base/text.c and include/mulin/base/text.h are of base; tui has rooms inside."""
        parts = pathlib.PurePosixPath(self.path).parts
        inside = parts[2:] if parts[0] == "include" else parts[1:]
        return room_of(inside)


def room_of(parts):
    if not parts:
        return None
    if parts[0] == "tui" and len(parts) > 2 and parts[1] in ("term", "screens"):
        return "tui/" + parts[1]
    return parts[0].removesuffix(".h").removesuffix(".c")


def sources(root, *folders):
    root = pathlib.Path(root).resolve()
    for folder in folders:
        for path in sorted((root / folder).rglob("*.[ch]")):
            yield Source(root, path)


def report(faults):
    """Prints the faults as FILE:LINE: what; the exit status."""
    for path, line, what in faults:
        print(f"{path}:{line}: {what}")
    return 1 if faults else 0

"""Tables in Markdown whose columns also stand one below the other in a terminal."""
import unicodedata


def cells(text):
    """The columns of a terminal that a text takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def markdown(rows):
    """The lines of a table, the first row its head, the columns as wide as they must be."""
    widths = [max(cells(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [f"| {' | '.join(text + ' ' * (width - cells(text)) for text, width in zip(row, widths))} |"
             for row in rows]
    return [lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]]


def verdict(row, judged):
    if row.met is None or not judged:
        return "–"
    return "yes" if row.met else "NO"


def shown(ratio):
    if ratio is None:
        return ""
    return f"{ratio:.2f}" if 0.05 <= ratio < 100 else f"{ratio:,.2g}" if ratio < 1 else f"{ratio:,.0f}"


def results(benches, judged):
    """Every row of every size."""
    lines = [("residents", "what", "runs", "goal", "ours", "probe or peer", "ratio", "met")]
    for bench in benches:
        for row in bench.rows:
            lines.append((f"{bench.size.residents:,}", row.what, str(row.runs or ""), row.goal, row.ours,
                          row.peer, shown(row.ratio), verdict(row, judged)))
    return markdown(lines)

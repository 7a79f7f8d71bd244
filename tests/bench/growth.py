"""How the figures of a desk grow with its community: a table, and a picture of it."""
import html
import math

import table

SIZES = (10_000, 100_000, 1_000_000)
WIDTH, TOP, LEFT, RIGHT = 860, 70, 70, 430  # of the picture, in pixels
DECADE = 150  # pixels of a factor of ten, up
LABEL = 19  # pixels between labels
COLOURS = (("#0f62a8", "#6db3f2"), ("#b3431e", "#ff9d6e"), ("#3d7a1c", "#9ad06f"),
           ("#7a3fa0", "#cf9df0"))  # on light, on dark
STYLE = "".join((
    "text{font:14px sans-serif;fill:#222}.small{font-size:12px;fill:#555}.axis{stroke:#bbb}"
    ".slope{stroke:#888;stroke-dasharray:5 4}.line{fill:none;stroke-width:2}.lead{stroke-width:.7}",
    *(f".c{number}{{stroke:{light}}}.d{number}{{fill:{light}}}"
      for number, (light, _) in enumerate(COLOURS)),
    "@media(prefers-color-scheme:dark){text{fill:#ddd}.small{fill:#aaa}.axis{stroke:#555}",
    *(f".c{number}{{stroke:{dark}}}.d{number}{{fill:{dark}}}"
      for number, (_, dark) in enumerate(COLOURS)), "}"))


def lines(benches):
    """(name, unit) of each line and its values by residents, where there are at least two."""
    found = {}
    for bench in benches:
        if bench.size.residents in SIZES:
            for line, value in bench.points.items():
                if value > 0:
                    found.setdefault(line, {})[bench.size.residents] = value
    return {line: values for line, values in found.items() if len(values) > 1}


def slope(values):
    """Of the straight line through the logarithms with the least squares: 0 is what does not grow,
    1 what grows as the community does."""
    points = [(math.log10(people), math.log10(value)) for people, value in values.items()]
    middle = [sum(column) / len(points) for column in zip(*points)]
    steep = (sum((x - middle[0]) * (y - middle[1]) for x, y in points)
             / sum((x - middle[0]) ** 2 for x, _ in points))
    return round(steep, 2) + 0.0  # never a negative nothing


def figure(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def markdown(found):
    head = ("what", "unit", *(f"{size:,}" for size in SIZES), "slope")
    return table.markdown([head, *(
        (name, unit, *(figure(values[size]) if size in values else "" for size in SIZES),
         f"{slope(values):.2f}") for (name, unit), values in found.items())])


def spread(places):
    """The places of labels, as near to their lines as there is room, from the top down."""
    order = sorted(range(len(places)), key=lambda label: places[label])
    groups = []
    for label in order:
        groups.append(([label], places[label]))
        while len(groups) > 1 and (groups[-1][1] - height(groups[-1][0]) / 2
                                   < groups[-2][1] + height(groups[-2][0]) / 2):
            (above, _), (below, _) = groups[-2:]
            both = above + below
            groups[-2:] = [(both, sum(places[one] for one in both) / len(both))]
    spaced = dict.fromkeys(order, 0.0)
    for group, centre in groups:
        for number, label in enumerate(group):
            spaced[label] = centre + (number - (len(group) - 1) / 2) * LABEL
    return [spaced[label] for label in range(len(places))]


def height(group):
    return len(group) * LABEL


class Plane:
    """Where on the picture something stands."""

    def __init__(self, multiples):
        values = [value for line in multiples for value in line.values()]
        self.span = math.log10(SIZES[-1] / SIZES[0])
        self.most = max([self.span, *values])
        self.least = min([-0.2, *values])
        ends = [self.down(line[max(line)]) for line in multiples]
        labels = spread(ends)
        shift = max(0, TOP - min(labels))
        self.labels = [label + shift for label in labels]
        self.bottom = max([self.down(self.least), *self.labels]) + 10

    def across(self, size):
        return LEFT + (RIGHT - LEFT) * math.log10(size / SIZES[0]) / self.span

    def down(self, value):
        return TOP + (self.most - value) * DECADE


def axes(plane):
    yield f'<text x="{LEFT}" y="24">How many times as much as at {SIZES[0]:,} residents</text>'
    yield (f'<text class="small" x="{LEFT}" y="44">both axes logarithmic; dashed: as much more as '
           'there are more people</text>')
    for size in SIZES:
        x = plane.across(size)
        yield f'<path class="axis" d="M{x:.1f} {TOP - 10}V{plane.bottom:.1f}"/>'
        yield (f'<text class="small" x="{x:.1f}" y="{plane.bottom + 20:.1f}" text-anchor="middle">'
               f'{size:,}</text>')
    for power in range(math.ceil(plane.least), math.floor(plane.most) + 1):
        y = plane.down(power)
        yield f'<path class="axis" d="M{LEFT} {y:.1f}H{RIGHT}"/>'
        yield (f'<text class="small" x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">'
               f'{10 ** power:,g} ×</text>')
    yield (f'<path class="slope" d="M{LEFT} {plane.down(0):.1f}L{RIGHT}'
           f' {plane.down(plane.span):.1f}"/>')


def drawn(plane, number, multiples, label):
    """A line and what stands at its end."""
    colour = number % len(COLOURS)
    path = "L".join(f"{plane.across(size):.1f} {plane.down(value):.1f}"
                    for size, value in sorted(multiples.items()))
    end, y = plane.down(multiples[max(multiples)]), plane.labels[number]
    yield f'<path class="line c{colour}" d="M{path}"/>'
    yield f'<path class="lead c{colour}" d="M{RIGHT + 2} {end:.1f}L{RIGHT + 22} {y:.1f}"/>'
    yield f'<text class="d{colour}" x="{RIGHT + 26}" y="{y + 5:.1f}">{html.escape(label)}</text>'


def picture(found):
    """Every line as a multiple of its value at the smallest size, both axes logarithmic, as SVG."""
    multiples = [{size: math.log10(value / values[min(values)]) for size, value in values.items()}
                 for values in found.values()]
    plane = Plane(multiples)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {plane.bottom + 35:.0f}" '
             f'width="{WIDTH}" role="img" aria-label="growth"><style>{STYLE}</style>', *axes(plane)]
    for number, ((name, unit), values) in enumerate(found.items()):
        label = (f"{name}: {figure(values[min(values)])} → {figure(values[max(values)])} {unit}"
                 f" ({slope(values):.2f})")
        parts += drawn(plane, number, multiples[number], label)
    return "\n".join([*parts, "</svg>", ""])

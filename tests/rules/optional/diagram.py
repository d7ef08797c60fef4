#!/usr/bin/env python3
"""Draw the decision requirements diagrams of rules/*/*.dmn.

Replaces the DMNDI part of every model given on the command line (default: all
models of rules/): nothing else of the file changes, and the same model always
gets the same picture. Run it after adding or removing an element; an editor
such as dmn-js keeps the picture up to date by itself.

    python3 tests/rules/optional/diagram.py [rules/r8/shares.dmn ...]

Inputs lie at the bottom, each decision above what it needs. Sources stand in
a column on the left; the lines of one source run together along a trunk and a
branch below each row. What a model imports has no shape in it.
"""
import glob
import os
import sys
import xml.etree.ElementTree as ET

DMN = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"
NODES = ("inputData", "businessKnowledgeModel", "decision", "knowledgeSource")
HEIGHT, GAP_X, GAP_Y, MARGIN, DUMMY = 60, 30, 70, 40, 10


def width(node):
    """Wide enough for a name that cannot be broken into lines."""
    units = sum(2 if ord(c) > 0x2e7f else 1 for c in node.get("name"))
    icon = 30 if node.tag[len(DMN):] in ("decision",
                                         "businessKnowledgeModel") else 0
    return max(120, (units * 7 + 36 + icon + 9) // 10 * 10)


def read(path):
    """Nodes by id, and edges (requirement id, from, to, is authority)."""
    nodes, edges = {}, []
    for node in ET.parse(path).getroot():
        tag = node.tag.replace(DMN, "")
        if tag not in NODES:
            continue
        nodes[node.get("id")] = (tag, width(node))
        for need in node:
            for what in need:
                href = what.get("href", "")
                if need.tag.endswith("Requirement") and href[:1] == "#":
                    edges.append((need.get("id"), href[1:], node.get("id"),
                                  need.tag.endswith("authorityRequirement")))
    return nodes, edges


def layers(nodes, edges):
    """Layer of each node but the sources, 0 at the bottom."""
    needs = {n: [e[1] for e in edges if e[2] == n] for n in nodes}
    layer = {}

    def depth(n):
        if n not in layer:
            least = 1 if nodes[n][0] == "decision" else 0
            layer[n] = max([least] + [depth(x) + 1 for x in needs[n]])
        return layer[n]

    for n in nodes:
        depth(n)
    for n, (tag, _) in nodes.items():
        users = [layer[e[2]] for e in edges if e[1] == n]
        if tag != "decision" and not needs[n] and users:
            layer[n] = max(min(users) - 1, 0)
    return layer


def arrange(nodes, edges, layer):
    """Rows of (name, width) with dummies for long lines, and the chains."""
    rows = [[] for _ in range(max(layer.values()) + 1)]
    size = {n: w for n, (_, w) in nodes.items()}
    for n in nodes:
        rows[layer[n]].append(n)
    chains, links = {}, []
    for req, a, b, _ in edges:
        chain = [a]
        for k in range(layer[a] + 1, layer[b]):
            dummy = f"{req}@{k}"
            size[dummy] = DUMMY
            rows[k].append(dummy)
            chain.append(dummy)
        chain.append(b)
        chains[req] = chain
        links += list(zip(chain, chain[1:]))
    return rows, size, chains, links


def order(rows, links):
    """Fewer crossings: sort each row by the mean place of its neighbours."""
    near = {}
    for a, b in links:
        near.setdefault(a, []).append(b)
        near.setdefault(b, []).append(a)
    level = {n: k for k, row in enumerate(rows) for n in row}
    for sweep in range(24):
        up = sweep % 2 == 0
        for k in (range(1, len(rows)) if up else range(len(rows) - 2, -1, -1)):
            other = k - 1 if up else k + 1
            place = {n: i / max(len(rows[other]), 1)
                     for i, n in enumerate(rows[other])}
            own = {n: i / max(len(rows[k]), 1) for i, n in enumerate(rows[k])}

            def key(n):
                xs = [place[m] for m in near.get(n, []) if level[m] == other]
                return sum(xs) / len(xs) if xs else own[n]

            rows[k].sort(key=lambda n: (key(n), own[n]))
    return near


def place(rows, size, near):
    """Centre x of every node: near its neighbours, never overlapping."""
    x = {}
    for row in rows:
        at = 0
        for n in row:
            x[n] = at + size[n] / 2
            at += size[n] + GAP_X
    for sweep in range(60):
        for row in (rows if sweep % 2 else rows[::-1]):
            want = [sum(x[m] for m in near[n]) / len(near[n])
                    if near.get(n) else x[n] for n in row]
            # groups of touching nodes move together (pool of adjacent means)
            groups = []
            offset = 0
            for i, n in enumerate(row):
                if i:
                    offset += (size[row[i - 1]] + size[n]) / 2 + GAP_X
                groups.append([want[i] - offset, 1])
                while len(groups) > 1 and groups[-2][0] > groups[-1][0]:
                    b = groups.pop()
                    a = groups[-1]
                    a[0] = (a[0] * a[1] + b[0] * b[1]) / (a[1] + b[1])
                    a[1] += b[1]
            offset, i = 0, 0
            for base, count in groups:
                for _ in range(count):
                    if i:
                        offset += (size[row[i - 1]] + size[row[i]]) / 2 + GAP_X
                    x[row[i]] = base + offset
                    i += 1
    return {n: round(x[n]) for n in x}


def branches(sources, edges, x, y, size, left):
    """Shapes of the sources and the lines of each: a trunk with branches."""
    shapes, lines = {}, {}
    bottom = max(y.values())
    right = left + max(size[s] for s in sources)
    for i, s in enumerate(sources):
        top = bottom - i * (HEIGHT + GAP_X)
        shapes[s] = (left, top)
        trunk = right + 20 + 8 * i
        for req, a, b, _ in edges:
            if a != s:
                continue
            into = x[b] - size[b] // 2 + 14 + 8 * i
            under = y[b] + HEIGHT + 12 + 6 * i
            lines[req] = [(left + size[s], top + HEIGHT // 2),
                          (trunk, top + HEIGHT // 2), (trunk, under),
                          (into, under), (into, y[b] + HEIGHT)]
    return shapes, lines


def components(nodes, edges):
    """Groups of joined nodes, the largest first."""
    group = {n: {n} for n in nodes}
    for _, a, b, _ in edges:
        if group[a] is not group[b]:
            both = group[a] | group[b]
            for n in both:
                group[n] = both
    out = []
    for n in nodes:
        if not any(n in own for own in out):
            out.append({m: nodes[m] for m in nodes if m in group[n]})
    return sorted(out, key=lambda own: -len(own))


def picture(path):
    nodes, edges = read(path)
    cites = [e for e in edges if e[3]]
    edges = [e for e in edges if not e[3]]
    sources = [n for n in nodes if nodes[n][0] == "knowledgeSource"]
    parts = {n: nodes[n] for n in nodes if n not in sources}
    layer = layers(parts, edges)
    x, y, size, chains, at = {}, {}, {}, {}, 0
    for own in components(parts, edges):
        lines = [e for e in edges if e[1] in own]
        rows, wide, chain, links = arrange(own, lines, layer)
        near = order(rows, links)
        part = place(rows, wide, near)
        least = min(part[n] - wide[n] // 2 for n in part)
        x.update({n: part[n] - least + at for n in part})
        y.update({n: (max(layer.values()) - k) * (HEIGHT + GAP_Y)
                  for k, row in enumerate(rows) for n in row})
        at = max(x[n] + wide[n] // 2 for n in part) + 2 * GAP_X
        size.update(wide)
        chains.update(chain)
    shapes = {n: (x[n] - size[n] // 2, y[n]) for n in parts}
    lines = {}
    for req, a, b, _ in edges:
        points = [(x[a], y[a])]
        for n in chains[req][1:-1]:
            points += [(x[n], y[n] + HEIGHT), (x[n], y[n])]
        lines[req] = points + [(x[b], y[b] + HEIGHT)]
    if sources:
        size.update({s: nodes[s][1] for s in sources})
        left = (min(p[0] for p in shapes.values()) - 40 - 8 * len(sources) -
                max(size[s] for s in sources))
        more, trunks = branches(sources, cites, x, y, size, left)
        shapes.update(more)
        lines.update(trunks)
    every = [p for line in lines.values() for p in line]
    every += list(shapes.values())
    dx = MARGIN - min(p[0] for p in every)
    dy = MARGIN - min(p[1] for p in every)
    out = ["  <dmndi:DMNDI>", '    <dmndi:DMNDiagram id="diagram">']
    for n in nodes:
        px, py = shapes[n]
        out.append(f'      <dmndi:DMNShape id="shape_{n}" dmnElementRef="{n}">')
        out.append(f'        <dc:Bounds x="{px + dx}" y="{py + dy}"'
                   f' width="{size[n]}" height="{HEIGHT}"/>')
        out.append("      </dmndi:DMNShape>")
    for req, _, _, _ in edges + cites:
        out.append(f'      <dmndi:DMNEdge id="edge_{req}"'
                   f' dmnElementRef="{req}">')
        for px, py in lines[req]:
            out.append(f'        <di:waypoint x="{px + dx}" y="{py + dy}"/>')
        out.append("      </dmndi:DMNEdge>")
    return out + ["    </dmndi:DMNDiagram>", "  </dmndi:DMNDI>"]


def main():
    top = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../..")
    paths = sys.argv[1:] or sorted(glob.glob(top + "/rules/*/*.dmn"))
    for path in paths:
        with open(path, encoding="utf-8") as file:
            lines = file.read().split("\n")
        if "  <dmndi:DMNDI>" in lines:
            del lines[lines.index("  <dmndi:DMNDI>"):
                      lines.index("  </dmndi:DMNDI>") + 1]
        end = lines.index("</definitions>")
        lines[end:end] = picture(path)
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(lines))


if __name__ == "__main__":
    main()

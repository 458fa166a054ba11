/// A program in Python that writes random settings modules into a folder, runs them, and prints what they set.
///
/// Its arguments: the folder, how many pairs of base.py and settings.py, the seed.
enum SettingsGenerator {
  static let code = #"""
    import json, os, pathlib, random, runpy, sys
    folder, count, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    rng = random.Random(seed)
    WORDS = ["app", "blog", "shop", "core", "auth", "x", "a.b", "django.contrib.admin"]
    NAMES = ["APPS", "DB", "CACHE", "HOST", "PORT", "FLAG", "EXTRA", "TITLE"]

    class Module:
        def __init__(self, known):
            self.lines, self.kinds, self.depth = [], dict(known), 0
        def emit(self, text):
            self.lines.append("    " * self.depth + text)
        def names(self, kind):
            return [n for n, k in self.kinds.items() if k == kind]
        def expr(self, kind, depth=0):
            pool = self.names(kind)
            if pool and rng.random() < 0.4: return rng.choice(pool)
            simple = depth > 2 or rng.random() < 0.4
            e = lambda k: self.expr(k, depth + 1)
            if kind == "str":
                if simple: return repr(rng.choice(WORDS))
                return rng.choice([
                    lambda: f"{e('str')} + {e('str')}", lambda: "f'{" + e('str').replace("'", '"') + "}-{" + e('int').replace("'", '"') + "}'",
                    lambda: f"'%s:%d' % ({e('str')}, {e('int')})", lambda: f"'{{}}/{{}}'.format({e('str')}, {e('int')})",
                    lambda: f"({e('str')}).upper()", lambda: f"({e('str')}).replace('a', 'b')", lambda: f"','.join({e('list')})",
                    lambda: f"({e('str')}).split('.')[0]", lambda: f"({e('str')}).strip('ax')", lambda: f"str({e('int')})",
                    lambda: f"os.path.join({e('str')}, {e('str')})", lambda: f"os.environ.get('NOPE', {e('str')})", lambda: "os.environ.get('SET', 'd')",
                    lambda: f"({e('str')} if {e('bool')} else {e('str')})", lambda: f"({e('str')} or {e('str')})", lambda: f"({e('list')} + ['z'])[-1]",
                    lambda: f"({e('dict')}).get('k', {e('str')})", lambda: f"({e('str')})[1:]", lambda: f"helper({e('str')})", lambda: f"({e('str')}).title()",
                    lambda: f"pick({e('bool')}, {e('str')}, b={e('str')})", lambda: f"({e('str')}).partition('.')[2]", lambda: f"(lambda s: s + '!')({e('str')})",
                ])()
            if kind == "int":
                if simple: return str(rng.randint(-5, 40))
                return rng.choice([
                    lambda: f"{e('int')} + {e('int')}", lambda: f"({e('int')}) * 3", lambda: f"len({e('list')})", lambda: f"len({e('str')})", lambda: f"int('7') - {e('int')}",
                    lambda: f"({e('int')}) // 4", lambda: f"({e('int')}) % 7", lambda: f"max({e('int')}, {e('int')})", lambda: f"sum([{e('int')}, {e('int')}])", lambda: f"({e('list')}).count('app')",
                ])()
            if kind == "bool":
                if simple: return rng.choice(["True", "False"])
                return rng.choice([
                    lambda: f"{e('int')} > {e('int')}", lambda: f"{e('str')} == {e('str')}", lambda: f"{e('str')} in {e('list')}", lambda: f"not ({e('bool')})", lambda: f"({e('bool')} and {e('bool')})",
                    lambda: f"({e('str')}).startswith('a')", lambda: f"'k' in {e('dict')}", lambda: "'SET' in os.environ", lambda: f"bool({e('list')})", lambda: f"{e('list')} == {e('list')}", lambda: f"isinstance({e('str')}, str)",
                    lambda: f"any(i == 'app' for i in {e('list')})", lambda: f"'b' in {e('str')}",
                ])()
            if kind == "list":
                if simple: return "[" + ", ".join(repr(rng.choice(WORDS)) for _ in range(rng.randint(0, 4))) + "]"
                return rng.choice([
                    lambda: f"{e('list')} + {e('list')}", lambda: f"[*{e('list')}, {e('str')}]", lambda: f"[i + 'q' for i in {e('list')} if i != 'x']", lambda: f"sorted({e('list')})",
                    lambda: f"({e('str')}).split('a')", lambda: f"list({e('dict')})", lambda: f"list(reversed({e('list')}))", lambda: f"({e('list')})[1:]", lambda: f"[k for k, v in ({e('dict')}).items()]",
                    lambda: f"list(map(str.lower, {e('list')}))" if False else f"list(filter(None, {e('list')}))", lambda: f"[f'{{n}}{{i}}' for n, i in enumerate({e('list')})]", lambda: f"extend_list({e('list')})",
                    lambda: f"({e('list')} if {e('bool')} else {e('list')})", lambda: f"({e('list')}) * 2", lambda: f"list(dict.fromkeys({e('list')}))", lambda: f"[a + b for a, b in zip({e('list')}, {e('list')})]",
                ])()
            if kind == "dict":
                if simple: return "{" + ", ".join(f"'{rng.choice('kxyz')}': {self.expr('str', 3)}" for _ in range(rng.randint(0, 3))) + "}"
                return rng.choice([
                    lambda: f"{{**{e('dict')}, 'k': {e('str')}}}", lambda: f"dict({e('dict')}, x={e('str')})", lambda: f"{{k: v + 'w' for k, v in ({e('dict')}).items()}}", lambda: f"{{n: n.upper() for n in {e('list')}}}",
                    lambda: f"{e('dict')} | {e('dict')}", lambda: f"copy.deepcopy({e('dict')})", lambda: f"dict(zip({e('list')}, {e('list')}))", lambda: f"make_dict(k={e('str')})",
                ])()
        def statement(self):
            kinds = ["str", "int", "bool", "list", "dict"]
            r = rng.random()
            lists, dicts = self.names("list"), self.names("dict")
            if r < 0.35 or not self.kinds:
                kind = rng.choice(kinds)
                name = rng.choice(NAMES) + rng.choice(["", "_1", "_2"])
                if self.kinds.get(name, kind) != kind: return
                if self.depth and name not in self.kinds: return
                self.emit(f"{name} = {self.expr(kind)}")
                self.kinds[name] = kind
            elif r < 0.6 and lists:
                n = rng.choice(lists)
                self.emit(rng.choice([
                    lambda: f"{n} += {self.expr('list')}", lambda: f"{n}.append({self.expr('str')})", lambda: f"{n}.insert({rng.randint(-3, 3)}, {self.expr('str')})", lambda: f"{n}.extend({self.expr('list')})",
                    lambda: f"{n}[0:1] = {self.expr('list')}", lambda: f"{n} = {n} + {self.expr('list')}", lambda: f"{n}.remove('app') if 'app' in {n} else None", lambda: f"{n}.reverse()", lambda: f"add_to({n})",
                    lambda: f"{n} = [i for i in {n} if i != 'blog']", lambda: f"{n}.sort()", lambda: f"{n} = {rng.choice(lists)}", lambda: f"for item in list({self.expr('list')}): {n}.append(item + '_')",
                ])())
            elif r < 0.75 and dicts:
                n = rng.choice(dicts)
                self.emit(rng.choice([
                    lambda: f"{n}['k'] = {self.expr('str')}", lambda: f"{n}.update({self.expr('dict')})", lambda: f"{n}.update(x={self.expr('str')})", lambda: f"{n}.setdefault('z', {self.expr('str')})", lambda: f"{n}.pop('k', None)",
                    lambda: f"{n} |= {self.expr('dict')}", lambda: f"{n}['x'] = {n}.get('x', '') + 'v'", lambda: f"{n} = {rng.choice(dicts)}",
                ])())
            elif r < 0.85 and self.depth < 2:
                known = dict(self.kinds)
                self.emit(f"if {self.expr('bool')}:")
                self.depth += 1
                before = len(self.lines)
                for _ in range(rng.randint(1, 3)): self.statement()
                if len(self.lines) == before: self.emit("pass")
                self.depth -= 1
                if rng.random() < 0.6:
                    self.emit("else:")
                    self.depth += 1
                    before = len(self.lines)
                    for _ in range(rng.randint(1, 2)): self.statement()
                    if len(self.lines) == before: self.emit("pass")
                    self.depth -= 1
                self.kinds = known
            elif r < 0.9 and self.depth < 2 and lists:
                n = rng.choice(lists)
                self.emit("try:")
                self.depth += 1
                self.emit(rng.choice([f"{n}.remove('nope')", f"{n}.append(os.environ['NOPE'])", f"from .missing import Q", f"{n}.append(str(int('7')))", f"{n} += [{{}}['k']]"]))
                self.depth -= 1
                self.emit("except (ValueError, KeyError, ImportError):")
                self.depth += 1
                self.emit(f"{n}.append('handled')")
                self.depth -= 1
            else:
                ints = self.names("int")
                if ints: self.emit(f"{rng.choice(ints)} += {rng.randint(1, 9)}")
                strs = self.names("str")
                if strs: self.emit(f"{rng.choice(strs)} += {self.expr('str', 2)}")

    HEADER = """import os, copy
    def helper(text, suffix='-s'):
        if text.startswith('a'):
            return text + suffix
        result = text
        for _ in range(2):
            result += '.'
        return result
    def pick(flag, a, b='none'):
        return a if flag else b
    def extend_list(items):
        copy_of = list(items)
        copy_of.append('extended')
        return copy_of
    def add_to(items, value='added'):
        items.append(value)
    def make_dict(**values):
        return dict(values, made='yes')
    """

    def show(v):
        if isinstance(v, (list, tuple)): return "[" + ", ".join(map(show, v)) + "]"
        if isinstance(v, dict): return "{" + ", ".join(f"{k}: {show(w)}" for k, w in v.items()) + "}"
        return "text " + v if isinstance(v, str) else repr(v)

    os.environ.pop("NOPE", None)
    os.environ["SET"] = "from-outside"
    sys.path.insert(0, folder)
    expected = []
    index = 0
    while index < count:
        package = f"case{index}"
        base = Module({})
        for _ in range(rng.randint(3, 12)): base.statement()
        style = rng.choice(["star", "names", "module", "none"])
        dev = Module(base.kinds if style == "star" else {})
        start = [HEADER]
        if style == "star": start.append("from .base import *")
        elif style == "names" and base.kinds:
            start.append(f"from .base import {', '.join(base.kinds)}"); dev.kinds = dict(base.kinds)
        elif style == "module" and base.kinds:
            start.append(f"from {package} import base as b"); start += [f"{n} = b.{n}" for n in base.kinds]; dev.kinds = dict(base.kinds)
        for _ in range(rng.randint(3, 14)): dev.statement()
        os.makedirs(f"{folder}/{package}", exist_ok=True)
        open(f"{folder}/{package}/__init__.py", "w").close()
        open(f"{folder}/{package}/base.py", "w").write("\n".join([HEADER] + base.lines) + "\n")
        open(f"{folder}/{package}/settings.py", "w").write("\n".join(start + dev.lines) + "\n")
        try:
            result = runpy.run_module(f"{package}.settings")
        except Exception as problem:
            continue
        values = {k: show(v) for k, v in result.items() if k.isupper() and isinstance(v, (str, int, bool, list, dict))}
        if sum(map(len, values.values())) > 20000: continue
        expected.append(values)
        index += 1
    print(json.dumps(expected))
    """#
}

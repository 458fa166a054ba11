/// The built-in names that are known.
enum PythonBuiltins {
  static let names: Set<String> = [
    "str", "int", "float", "bool", "list", "tuple", "set", "frozenset", "dict", "len", "sorted", "reversed", "range",
    "enumerate", "zip", "map", "filter", "any", "all", "min", "max", "sum", "abs", "round", "open", "print", "globals",
    "locals", "vars", "isinstance", "getattr", "hasattr", "setattr", "exec", "execfile", "compile", "eval", "next",
    "iter",
    "super", "property", "object", "type", "callable", "repr", "unicode", "bytes", "exit", "quit", "dir", "id", "hash",
    "Exception", "BaseException", "ImportError", "ModuleNotFoundError", "KeyError", "ValueError", "TypeError",
    "IndexError", "AttributeError", "NameError", "OSError", "IOError", "FileNotFoundError", "RuntimeError",
    "NotImplementedError", "StopIteration", "LookupError", "SystemExit", "staticmethod", "classmethod", "chr", "ord",
    "warnings", "DeprecationWarning", "UserWarning", "Warning", "AssertionError", "divmod", "pow", "hex", "oct", "bin",
    "input", "__import__", "format", "slice", "ascii", "bytearray", "memoryview", "complex", "NotImplemented",
    "Ellipsis",
  ]
}

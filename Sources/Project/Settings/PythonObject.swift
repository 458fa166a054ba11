/// What stands in the interpreter's memory.
enum PythonObject {
  /// Items of a list, tuple or set; an optional item may be missing, an unknown one stands for any number.
  case sequence([PythonValue])
  case dictionary(PythonDictionary)
  /// An object of a class, by the class's full name, with its attributes.
  case instance(String, [String: PythonValue])

  /// How large and how deep the whole is that hangs on an object, as it was when it was made.
  struct Size {
    var weight = 1
    var depth = 1
  }
}

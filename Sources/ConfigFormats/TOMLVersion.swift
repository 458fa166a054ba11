/// Which TOML a file is read as.
package enum TOMLVersion: Sendable {
  /// What the tomllib of Python 3.11 to 3.14 reads. https://toml.io/en/v1.0.0
  case v1_0
  /// Adds line ends, comments and a last comma in inline tables, the escapes `\e` and `\xHH`, and times without seconds.
  /// https://toml.io/en/v1.1.0
  case v1_1
}

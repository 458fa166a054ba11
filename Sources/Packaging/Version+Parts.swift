/// The bytes of a key that begin what follows the release.
enum VersionSuffix {
  static let dev: UInt8 = 0
  static let alpha: UInt8 = 1
  static let candidate: UInt8 = 3
  static let end: UInt8 = 4
  static let post: UInt8 = 5
}

extension Version {
  /// Where the release begins in the key.
  @inline(__always)
  var releasePlace: Int { key[0] == VersionKey.epochMark ? key.end(ofNumberAt: 1) : 0 }

  /// Where the first byte behind the release stands in the key.
  @inline(__always)
  var suffixPlace: Int {
    var place = releasePlace
    while key[place] > VersionSuffix.post { place = key.end(ofNumberAt: place) }
    return place
  }

  var hasLocal: Bool { key[Int(publicCount)] != 0 }

  var suffix: (pre: PreRelease?, post: Int?, dev: Int?) {
    var place = suffixPlace
    var parts: (pre: PreRelease?, post: Int?, dev: Int?) = (nil, nil, nil)
    while place < Int(publicCount), key[place] != VersionSuffix.end {
      let kind = key[place]
      let number = key.number(at: place + 1)
      switch kind {
      case VersionSuffix.dev: parts.dev = number
      case VersionSuffix.post: parts.post = number
      default: parts.pre = Phase(rawValue: Int(kind) - 1).map { PreRelease(phase: $0, number: number) }
      }
      place = key.end(ofNumberAt: place + 1)
    }
    return parts
  }

  /// The count of the key's bytes before what tells that the version ends: those that its own development releases,
  /// post-releases and local versions begin with.
  var stemCount: Int { suffix.dev == nil ? Int(publicCount) - 1 : Int(publicCount) }

  func releaseNumber(_ index: Int) -> Int {
    var place = releasePlace
    for _ in 0..<index where key[place] > VersionSuffix.post { place = key.end(ofNumberAt: place) }
    return key[place] > VersionSuffix.post ? key.number(at: place) : 0
  }

  /// The place behind the number `index` of the release, which may lie before it where zeros were left out.
  func end(ofReleaseNumbers count: Int) -> Int {
    var place = releasePlace
    for _ in 0..<count {
      if key[place] <= VersionSuffix.post { break }
      place = key.end(ofNumberAt: place)
    }
    return place
  }

  var localText: [UInt8] {
    var text: [UInt8] = []
    var place = Int(publicCount)
    while key[place] != 0 {
      if !text.isEmpty { text.append(UInt8(ascii: ".")) }
      if key[place] == 1 {
        place += 1
        while key[place] != 0 {
          text.append(key[place])
          place += 1
        }
        place += 1
      } else {
        text += key.digits(at: place + 1)
        place = key.end(ofNumberAt: place + 1)
      }
    }
    return text
  }
}

extension Version: CustomStringConvertible {
  /// The normal form: `1.0a1.post2.dev3+local.4`, with an epoch only when it is not 0.
  package var description: String {
    var text: [UInt8] = []
    text.reserveCapacity(16)
    write(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Adds the bytes of the description.
  package func write(to text: inout [UInt8]) {
    writeRelease(to: &text)
    var place = suffixPlace
    while place < Int(publicCount), key[place] != VersionSuffix.end {
      switch key[place] {
      case VersionSuffix.dev: text += ".dev".utf8
      case VersionSuffix.alpha: text += "a".utf8
      case VersionSuffix.candidate: text += "rc".utf8
      case VersionSuffix.post: text += ".post".utf8
      default: text += "b".utf8
      }
      write(numberAt: place + 1, to: &text)
      place = key.end(ofNumberAt: place + 1)
    }
    if hasLocal {
      text.append(UInt8(ascii: "+"))
      text += localText
    }
  }

  private func writeRelease(to text: inout [UInt8]) {
    if key[0] == VersionKey.epochMark {
      write(numberAt: 1, to: &text)
      text.append(UInt8(ascii: "!"))
    }
    var place = releasePlace
    var count = 0
    while key[place] > VersionSuffix.post {
      if count > 0 { text.append(UInt8(ascii: ".")) }
      write(numberAt: place, to: &text)
      place = key.end(ofNumberAt: place)
      count += 1
    }
    while count < Int(releaseCount) {
      text += ".0".utf8
      count += 1
    }
  }

  private func write(numberAt place: Int, to text: inout [UInt8]) {
    let lead = key[place]
    if lead < 16 { text.append(0x30 + lead - 6) } else { text += key.digits(at: place) }
  }
}

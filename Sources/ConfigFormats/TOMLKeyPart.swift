/// One part of a dotted key or of a header.
struct TOMLKeyPart {
  let text: String
  let place: ConfigPlace
}

import ConfigFormats
import TestSupport
import Testing

@Suite struct UWSGIFileTests {
  @Test func asUWSGIReadsIt() {
    let file = UWSGIFile(
      "\u{FEFF}# c\r\n[uwsgi] # x\r\n  chdir = /srv # é\r\nmaster\r\n; c\r\na:b=c=d\r\n[other]\r\nif-env = X\r\np =\r\nendif\r\nq=1"
    )
    #expect(file.sections.map(\.name) == ["uwsgi] # ", "other"])
    #expect(file.sections.map(\.writtenName) == ["uwsgi", "other"])
    #expect(file.options.map(\.key) == ["chdir", "master", "a:b", "if-env", "p", "endif", "q"])
    #expect(file.options.map(\.value) == ["/srv # é", nil, "c=d", "X", "", nil, "1"])
    #expect(file.options.map(\.line) == [3, 4, 6, 8, 9, 10, 11])
    #expect(file.options.map(\.valueColumn) == [11, 1, 5, 10, 4, 1, 3])
    #expect(file.options.map(\.isConditional) == [false, false, false, false, true, false, false])
  }

  @Test func whateverItIsGiven() {
    let bytes = Array("[uwsgi]\nchdir = \"/srv\" # é\n".utf8)
    for count in 0...bytes.count {
      let file = UWSGIFile(String(decoding: bytes.prefix(count), as: UTF8.self))
      #expect(file.options.count <= 1 && file.sections.count <= 1)
    }
    var numbers = SeededNumbers(state: 1)
    for _ in 0..<200 {
      let noise = (0..<200).map { _ in UInt8.random(in: 0...255, using: &numbers) }
      #expect(UWSGIFile(String(decoding: noise, as: UTF8.self)).options.count <= 201)
    }
    #expect(UWSGIFile(String(repeating: "[", count: 100_000)).sections.count == 1)
  }
}

@Suite struct NginxFileTests {
  @Test func directivesWithTheirBlocks() {
    let text = """
      # comment; proxy_pass http://no;
      http {
        upstream "site" { server unix:/run/a.sock fail_timeout=0; }
        server { location ~ ^/(a|b)$ {
            proxy_pass 'http://site';
            proxy_set_header Host ${host}x; } }
      }
      """
    let file = NginxFile(Array(text.utf8))
    #expect(file.directives.map(\.name) == ["server", "proxy_pass", "proxy_set_header"])
    #expect(
      file.directives.map(\.words) == [["unix:/run/a.sock", "fail_timeout=0"], ["http://site"], ["Host", "${host}x"]])
    #expect(file.directives[0].blocks == ["http", "upstream site"])
    #expect(file.directives.map(\.line) == [3, 5, 6])
    #expect(file.directives.map(\.column) == [21, 7, 7])
  }

  @Test func whateverItIsGiven() {
    let bytes = Array("a { b \"c\\\"\" 'd' ${e}; } # f\n} é x;".utf8)
    for count in 0...bytes.count {
      #expect(NginxFile(Array(bytes.prefix(count))).directives.count <= 2)
    }
    var numbers = SeededNumbers(state: 2)
    for _ in 0..<200 {
      let noise = (0..<200).map { _ in UInt8.random(in: 0...127, using: &numbers) }
      #expect(NginxFile(noise).directives.count <= 200)
    }
    #expect(NginxFile(Array(String(repeating: "{", count: 100_000).utf8)).directives.isEmpty)
  }
}

@Suite struct ServiceImagesTests {
  @Test func imagesOfServices() {
    let text =
      "services:\n  a:\n    image: 'postgres:13'\n  b: {image: redis}\nt:\n  services:\n    - mysql:8\n    - name: x:1\n"
    let images = ServiceImages.images(in: Array(text.utf8))
    #expect(images.map(\.name) == ["postgres:13", "redis", "mysql:8", "x:1"])
    #expect(images.map(\.line) == [3, 4, 7, 8])
    #expect(ServiceImages.images(in: []).isEmpty)
  }
}

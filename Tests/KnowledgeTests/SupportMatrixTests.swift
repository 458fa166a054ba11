import Knowledge
import Packaging
import Testing

@Suite struct SupportMatrixTests {
  @Test func ascending() {
    let series = SupportMatrix.releases.map(\.series)
    #expect(
      series.map(\.description).joined(separator: " ") == "2.0 2.1 2.2 3.0 3.1 3.2 4.0 4.1 4.2 5.0 5.1 5.2 6.0 6.1")
    #expect(series == series.sorted())
    #expect(SupportMatrix.newest?.series == series.last)
  }

  @Test(arguments: [
    ("5.2.3", "5.2"), ("5.2", "5.2"), ("5.2rc1", "5.2"), ("6.0.dev1", "6.0"), ("2.0.13", "2.0"), ("1.11", nil),
    ("6.2", nil),
    ("7", nil), ("4", "4.0"), ("1!5.2", nil),
  ])
  func series(of version: String, is series: String?) throws {
    let version = try #require(Version(version))
    #expect(SupportMatrix.release(for: version)?.series.description == series)
  }

  @Test func facts() throws {
    let release = try #require(SupportMatrix.release(for: Version(release: [5, 2])))
    #expect(release.pythons == "3.10-3.14")
    #expect(release.minimumSQLite == Version("3.31"))
    #expect(release.minimumPostgreSQL == Version("14"))
    #expect(release.minimumMySQL == Version("8.0.11"))
    #expect(release.minimumMariaDB == Version("10.5"))
    #expect(release.minimumOracle == Version("19"))
    #expect(release.minimumMysqlclient == Version("1.4.3"))
    #expect(release.minimumPsycopg2 == Version("2.8.4"))
    #expect(release.minimumPsycopg3 == Version("3.1.8"))
    #expect(release.oracleDriver.description == "oracledb>=2.3.0")
    #expect(release.endOfLife == "2028-04")
    #expect(release.checksServerOnConnect && !release.checksSQLiteOnImport)
    let old = try #require(SupportMatrix.release(for: Version(release: [2, 0])))
    #expect(old.minimumSQLite == nil && old.minimumMariaDB == nil && old.minimumPsycopg3 == nil)
    #expect(!old.checksServerOnConnect && !old.checksSQLiteOnImport)
    #expect(
      SupportMatrix.releases.filter(\.checksSQLiteOnImport).map(\.series.description) == [
        "2.2", "3.0", "3.1", "3.2", "4.0",
      ])
  }

  @Test(arguments: [
    ("5.2", "3.10", true), ("5.2", "3.14.1", true), ("5.2", "3.9.18", false), ("5.2", "3.15", false),
    ("3.2", "3.10.2", true),
    ("3.2", "3.6", true), ("2.1", "2.7.18", false),
  ])
  func pythons(django: String, python: String, expected: Bool) throws {
    let version = try #require(Version(django))
    let interpreter = try #require(Version(python))
    let release = try #require(SupportMatrix.release(for: version))
    #expect(release.supports(python: interpreter) == expected)
  }

  @Test(arguments: [
    ("0.7.10", nil), ("0.9.3", "1.3.12"), ("0.10.1", "1.3.13"), ("1.0.2", "1.4.0"), ("1.1.1", "1.4.6"),
    ("1.1.2", "1.4.6"),
    ("1.2.0", "2.2.8"), ("2.0", "2.2.8"),
  ])
  func pretence(pymysql: String, mysqlclient: String?) throws {
    let version = try #require(Version(pymysql))
    #expect(MysqlclientStandIn.version(pretendedBy: version)?.description == mysqlclient)
  }

  @Test func oldestPyMySQLThatSatisfies() throws {
    #expect(MysqlclientStandIn.oldestPyMySQL(pretendingAtLeast: Version(release: [1, 4, 3]))?.description == "1.1.0")
    #expect(MysqlclientStandIn.oldestPyMySQL(pretendingAtLeast: Version(release: [2, 2, 1]))?.description == "1.2.0")
    #expect(MysqlclientStandIn.oldestPyMySQL(pretendingAtLeast: Version(release: [9])) == nil)
  }
}

import Commands
import Dispatch

#if canImport(Glibc)
  import Glibc
#endif

let arguments = Array(CommandLine.arguments.dropFirst())
if let status = Envtool.answerAtOnce(arguments) { exit(status) }
Task { exit(await Envtool.main(arguments)) }
dispatchMain()

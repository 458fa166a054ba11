import Commands

#if canImport(Glibc)
  import Glibc
#endif

exit(await Envtool.main(Array(CommandLine.arguments.dropFirst())))

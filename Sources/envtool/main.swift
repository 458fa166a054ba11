import Commands

#if canImport(Glibc)
  import Glibc
#endif

exit(Envtool.main(Array(CommandLine.arguments.dropFirst())))

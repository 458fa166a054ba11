print("envtool")

# The schema that the migrations make, for comparison with that of a file.
add_executable(generate_schema store/generate_schema.c)
target_link_libraries(generate_schema PRIVATE PkgConfig::sqlite3)

set(schema ${CMAKE_CURRENT_BINARY_DIR}/schema.c)
add_custom_command(OUTPUT ${schema}
  COMMAND generate_schema ${schema} ${migrations}
  DEPENDS generate_schema ${migrations}
  COMMENT "Making the schema")
target_sources(mulin PRIVATE ${schema})

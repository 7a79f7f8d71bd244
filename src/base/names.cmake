# The readings of names, made from the Unihan files of Unicode and data/surnames.tsv.
find_program(BZCAT bzcat REQUIRED)
find_file(UNIHAN_READINGS Unihan_Readings.txt.bz2 PATHS /usr/share/unicode NO_DEFAULT_PATH REQUIRED)
find_file(UNIHAN_VARIANTS Unihan_Variants.txt.bz2 PATHS /usr/share/unicode NO_DEFAULT_PATH REQUIRED)

add_executable(generate_readings base/generate_readings.c)
target_include_directories(generate_readings PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(generate_readings PRIVATE PkgConfig::utf8proc)

set(surnames ${PROJECT_SOURCE_DIR}/data/surnames.tsv)
set(readings ${CMAKE_CURRENT_BINARY_DIR}/readings.c)
add_custom_command(OUTPUT ${readings}
  COMMAND ${BZCAT} ${UNIHAN_READINGS} ${UNIHAN_VARIANTS}
          | $<TARGET_FILE:generate_readings> ${surnames} ${readings}
  DEPENDS generate_readings ${surnames} ${UNIHAN_READINGS} ${UNIHAN_VARIANTS}
  COMMENT "Making the readings of names")
target_sources(mulin PRIVATE ${readings})

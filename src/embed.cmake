# embed(NAME OUT FILE...) writes C source with `const struct mu_embedded NAME[]`: file name without
# folder and ending, its text, its length; a row of NULL closes it.
function(embed name out)
  set(rows "")
  set(texts "")
  set(index 0)
  foreach(file ${ARGN})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    file(READ ${file} hex HEX)
    string(LENGTH "${hex}" length)
    math(EXPR length "${length} / 2")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
    get_filename_component(stem ${file} NAME_WE)
    string(APPEND texts "static const char text_${index}[] = {\n${bytes}0};\n")
    string(APPEND rows "    {\"${stem}\", text_${index}, ${length}},\n")
    math(EXPR index "${index} + 1")
  endforeach()
  file(CONFIGURE OUTPUT ${out} CONTENT
"#include \"base/embedded.h\"

${texts}
const struct mu_embedded ${name}[] = {
${rows}    {0, 0, 0},
};
" @ONLY)
endfunction()

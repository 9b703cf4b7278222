# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# waymark_module(name LAYER n SOURCES … [DEPENDS module…] [LIBRARIES target…])
#   One static library Waymark::name for the folder it stands in. DEPENDS names modules of a strictly
#   lower layer; anything else stops the configure step. Every module may use core without naming it.
# waymark_test(name MODULES module… [SOURCES …] [LIBRARIES target…])
#   One QtTest executable from tst_<name>.cpp, registered with CTest as <folder>/<name>.
# waymark_executable(name MODULES module… SOURCES …)

set_property(GLOBAL PROPERTY WAYMARK_MODULES "")

function(waymark_module name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "LAYER" "SOURCES;DEPENDS;LIBRARIES")
    foreach(dependency IN LISTS arg_DEPENDS)
        get_property(layer GLOBAL PROPERTY WAYMARK_LAYER_${dependency})
        if("${layer}" STREQUAL "")
            message(FATAL_ERROR "Module '${name}' depends on '${dependency}', which is not declared before it.")
        elseif(NOT layer LESS arg_LAYER)
            message(FATAL_ERROR "Module '${name}' (layer ${arg_LAYER}) must not depend on "
                                "'${dependency}' (layer ${layer}): only strictly lower layers.")
        endif()
    endforeach()
    set_property(GLOBAL PROPERTY WAYMARK_LAYER_${name} ${arg_LAYER})
    file(RELATIVE_PATH folder "${CMAKE_SOURCE_DIR}" "${CMAKE_CURRENT_SOURCE_DIR}")
    # Read by the test of includes.
    file(APPEND "${CMAKE_BINARY_DIR}/modules.txt.new" "${name} ${arg_LAYER} ${folder} ${arg_DEPENDS}\n")

    add_library(waymark_${name} STATIC ${arg_SOURCES})
    add_library(Waymark::${name} ALIAS waymark_${name})
    target_include_directories(waymark_${name} PUBLIC "${CMAKE_SOURCE_DIR}")
    target_link_libraries(waymark_${name} PUBLIC Qt6::Core ${arg_LIBRARIES} PRIVATE waymark_warnings)
    if(NOT name STREQUAL "core")
        target_link_libraries(waymark_${name} PUBLIC Waymark::core)
    endif()
    foreach(dependency IN LISTS arg_DEPENDS)
        target_link_libraries(waymark_${name} PUBLIC Waymark::${dependency})
    endforeach()
    waymark_precompile(waymark_${name})
endfunction()

# One precompiled header, made by core and used by every C++ target of ours.
function(waymark_precompile target)
    if(NOT WAYMARK_PCH)
        return()
    endif()
    if(target STREQUAL "waymark_core")
        target_precompile_headers(waymark_core PRIVATE "${CMAKE_SOURCE_DIR}/cmake/precompiled.h")
    else()
        target_precompile_headers(${target} REUSE_FROM waymark_core)
    endif()
endfunction()

function(waymark_executable name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;MODULES;LIBRARIES")
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE waymark_warnings ${arg_LIBRARIES})
    foreach(module IN LISTS arg_MODULES)
        target_link_libraries(${name} PRIVATE Waymark::${module})
    endforeach()
    waymark_precompile(${name})
endfunction()

function(waymark_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;MODULES;LIBRARIES")
    waymark_executable(tst_${name} SOURCES tst_${name}.cpp ${arg_SOURCES}
        MODULES ${arg_MODULES} LIBRARIES Qt6::Test ${arg_LIBRARIES})
    set_target_properties(tst_${name} PROPERTIES AUTOMOC ON
        RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
    file(RELATIVE_PATH folder "${CMAKE_SOURCE_DIR}/tests" "${CMAKE_CURRENT_SOURCE_DIR}")
    add_test(NAME ${folder}/${name} COMMAND tst_${name})
    set_tests_properties(${folder}/${name} PROPERTIES TIMEOUT 300
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;WAYMARK_TEST_DATA=${CMAKE_SOURCE_DIR}/tests/data")
endfunction()

# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# waymark_module(name LAYER n SOURCES … [DEPENDS module…] [LIBRARIES target…] [GENERATED])
#   One static library Waymark::name for the folder it stands in. DEPENDS names modules of a strictly
#   lower layer; anything else stops the configure step. Every module may use core without naming it.
#   GENERATED: the target also compiles generated code (QML), to which our warnings do not apply.
# waymark_declare_module(name LAYER n [DEPENDS module…])
#   The rule and the record alone, for a module whose library another command makes (QML modules).
# waymark_test(name MODULES module… [SOURCES …] [LIBRARIES target…])
#   One QtTest executable from tst_<name>.cpp, registered with CTest as <folder>/<name>.
# waymark_executable(name MODULES module… SOURCES … [LIBRARIES target…])
#   A program that people run, in build/<preset>/bin.
#
# What was declared stands after the configure step in modules.txt (name, layer, folder, DEPENDS) and
# targets.txt (executable or test, name, folder, modules linked), which ./dev and the tests of
# architecture read.

set_property(GLOBAL PROPERTY WAYMARK_MODULES "")

function(waymark_declare_module name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "LAYER" "DEPENDS")
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
    string(JOIN " " line ${name} ${arg_LAYER} ${folder} ${arg_DEPENDS})
    set_property(GLOBAL APPEND PROPERTY WAYMARK_MODULES "${line}")
endfunction()

function(waymark_module name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "GENERATED" "LAYER" "SOURCES;DEPENDS;LIBRARIES")
    waymark_declare_module(${name} LAYER ${arg_LAYER} DEPENDS ${arg_DEPENDS})

    add_library(waymark_${name} STATIC ${arg_SOURCES})
    add_library(Waymark::${name} ALIAS waymark_${name})
    target_include_directories(waymark_${name} PUBLIC "${CMAKE_SOURCE_DIR}")
    target_link_libraries(waymark_${name} PUBLIC Qt6::Core ${arg_LIBRARIES})
    if(arg_GENERATED)
        set_source_files_properties(${arg_SOURCES} PROPERTIES
            COMPILE_OPTIONS "$<TARGET_PROPERTY:waymark_warnings,INTERFACE_COMPILE_OPTIONS>")
    else()
        target_link_libraries(waymark_${name} PRIVATE waymark_warnings)
    endif()
    if(NOT name STREQUAL "core")
        target_link_libraries(waymark_${name} PUBLIC Waymark::core)
    endif()
    foreach(dependency IN LISTS arg_DEPENDS)
        target_link_libraries(waymark_${name} PUBLIC Waymark::${dependency})
    endforeach()
    if(WAYMARK_SANITIZE AND name STREQUAL "relayserver")
        # Optimising its coroutines under the sanitizers takes minutes. A precompiled header needs the
        # same flags everywhere, so this module goes without.
        target_compile_options(waymark_${name} PRIVATE -O0)
        waymark_include_precompiled(waymark_${name})
    else()
        waymark_precompile(waymark_${name})
    endif()
endfunction()

# Runs when the whole tree is configured.
function(waymark_write_declarations)
    get_property(modules GLOBAL PROPERTY WAYMARK_MODULES)
    list(JOIN modules "\n" modules)
    file(WRITE "${CMAKE_BINARY_DIR}/modules.txt" "${modules}\n")
    waymark_collect_executables("${CMAKE_SOURCE_DIR}" lines)
    list(JOIN lines "\n" lines)
    file(WRITE "${CMAKE_BINARY_DIR}/targets.txt" "${lines}\n")
endfunction()
cmake_language(DEFER DIRECTORY "${CMAKE_SOURCE_DIR}" CALL waymark_write_declarations)

function(waymark_collect_executables directory result)
    set(lines "")
    file(RELATIVE_PATH folder "${CMAKE_SOURCE_DIR}" "${directory}")
    get_property(targets DIRECTORY "${directory}" PROPERTY BUILDSYSTEM_TARGETS)
    foreach(target IN LISTS targets)
        get_target_property(type ${target} TYPE)
        if(NOT type STREQUAL "EXECUTABLE")
            continue()
        endif()
        get_target_property(libraries ${target} LINK_LIBRARIES)
        list(FILTER libraries INCLUDE REGEX "^Waymark::")
        list(TRANSFORM libraries REPLACE "^Waymark::" "")
        set(kind "executable")
        if(target MATCHES "^tst_")
            set(kind "test")
        endif()
        string(JOIN " " line ${kind} ${target} ${folder} ${libraries})
        list(APPEND lines "${line}")
    endforeach()
    get_property(subdirectories DIRECTORY "${directory}" PROPERTY SUBDIRECTORIES)
    foreach(subdirectory IN LISTS subdirectories)
        waymark_collect_executables("${subdirectory}" below)
        list(APPEND lines ${below})
    endforeach()
    set(${result} "${lines}" PARENT_SCOPE)
endfunction()

# One precompiled header, made by core and used by every C++ target of ours. With WAYMARK_PCH=OFF each file
# reads its text, so that the same code compiles.
function(waymark_precompile target)
    if(NOT WAYMARK_PCH)
        waymark_include_precompiled(${target})
    elseif(target STREQUAL "waymark_core")
        target_precompile_headers(waymark_core PRIVATE "${CMAKE_SOURCE_DIR}/cmake/precompiled.h")
    else()
        target_precompile_headers(${target} REUSE_FROM waymark_core)
    endif()
endfunction()

function(waymark_include_precompiled target)
    target_compile_options(${target} PRIVATE
        "SHELL:$<$<COMPILE_LANGUAGE:CXX>:-include \"${CMAKE_SOURCE_DIR}/cmake/precompiled.h\">")
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

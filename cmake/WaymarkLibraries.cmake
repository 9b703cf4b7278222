# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
# Libraries from the system, each as one target that a single module names.
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium>=1.0.18)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3>=3.40) # the relay's only

# SQLCipher is linked statically: other libraries of the process may load plain SQLite, whose symbols
# are the same.
find_path(SQLCIPHER_INCLUDE_DIR sqlcipher/sqlite3.h REQUIRED)
find_library(SQLCIPHER_LIBRARY libsqlcipher.a REQUIRED)
add_library(Waymark_SQLCipher INTERFACE)
add_library(Waymark::SQLCipher ALIAS Waymark_SQLCipher)
target_include_directories(Waymark_SQLCipher SYSTEM INTERFACE "${SQLCIPHER_INCLUDE_DIR}/sqlcipher")
target_compile_definitions(Waymark_SQLCipher INTERFACE SQLITE_HAS_CODEC)
target_link_libraries(Waymark_SQLCipher INTERFACE ${SQLCIPHER_LIBRARY} OpenSSL::Crypto Threads::Threads
    ${CMAKE_DL_LIBS} m)

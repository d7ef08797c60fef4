# What the bill of materials says of the libraries: their versions and licences
# as they are linked here, written into sbom.cmake of the build folder, which
# installations and packages run.

# third(NAME MODULE DEBIAN LINKED LICENCE): MODULE of pkg-config, or
# "-"; DEBIAN is its development package; LINKED is the beginning of the name
# that a binary needs, "archive" for one that is inside, or "loaded NAME" for
# one that is loaded when it is wanted.
find_program(DPKG_QUERY dpkg-query)
set(SBOM_THIRD "")
function(third name module debian linked licence)
	set(version "")
	set(distributed "")
	if(NOT module STREQUAL "-")
		execute_process(COMMAND ${PKG_CONFIG_EXECUTABLE} --modversion
			${module} OUTPUT_VARIABLE version ERROR_QUIET
			OUTPUT_STRIP_TRAILING_WHITESPACE)
	endif()
	if(DPKG_QUERY)
		execute_process(COMMAND ${DPKG_QUERY} -W
			-f "\${source:Package}|\${Version}|\${Architecture}\n"
			${debian} OUTPUT_VARIABLE distributed ERROR_QUIET
			OUTPUT_STRIP_TRAILING_WHITESPACE)
		string(REGEX REPLACE "\n.*" "" distributed "${distributed}")
	endif()
	# what Debian ships is newer than what two of the modules say
	if(distributed MATCHES "\\|([0-9]+:)?([0-9][0-9.a-z]*)[^|]*\\|")
		set(version ${CMAKE_MATCH_2})
	endif()
	# no ; in it: one element of the list
	set(one "${name}|${version}|${linked}|${licence}|${debian}|${distributed}")
	set(SBOM_THIRD ${SBOM_THIRD} ${one} PARENT_SCOPE)
endfunction()

set(gnu "LGPL-3.0-or-later OR GPL-2.0-or-later")
third(glibc - libc6-dev libc.so "LGPL-2.1-or-later")
third(gmp gmp libgmp-dev libgmp.so "${gnu}")
third(intel-decimal - libintelrdfpmath-dev archive "BSD-3-Clause")
third(jansson jansson libjansson-dev libjansson.so "MIT")
third(liblzma liblzma liblzma-dev liblzma.so "LicenseRef-public-domain")
third(libmicrohttpd libmicrohttpd libmicrohttpd-dev
	"loaded ${MICROHTTPD_NAME}" "LGPL-2.1-or-later")
third(libsodium libsodium libsodium-dev libsodium.so "ISC")
third(libxlsxwriter - libxlsxwriter-dev "loaded ${XLSXWRITER_NAME}"
	"BSD-2-Clause")
third(libxml2 libxml-2.0 libxml2-dev libxml2.so "MIT")
third(minizip minizip libminizip-dev libminizip.so "Zlib")
third(mpfr mpfr libmpfr-dev libmpfr.so "LGPL-3.0-or-later")
third(nettle nettle nettle-dev libnettle.so "${gnu}")
third(pcre2 libpcre2-8 libpcre2-dev libpcre2-8.so "BSD-3-Clause")
third(sqlite sqlite3 libsqlite3-dev libsqlite3.so "blessing")
third(utf8proc libutf8proc libutf8proc-dev libutf8proc.so
	"MIT AND Unicode-DFS-2015")
third(zlib zlib zlib1g-dev libz.so "Zlib")

# which of them the command has inside: see small() in CMakeLists.txt
set(SBOM_ARCHIVES "")
if(SHOKAN_ARCHIVES AND NOT SHOKAN_SANITIZE)
	foreach(pair gmp=gmp liblzma=lzma libsodium=sodium libxml2=xml2
		minizip=minizip mpfr=mpfr nettle=nettle pcre2=pcre2-8
		sqlite=sqlite3 utf8proc=utf8proc zlib=z)
		string(REGEX MATCH "^(.*)=(.*)$" pair ${pair})
		if(ARCHIVE_${CMAKE_MATCH_2})
			list(APPEND SBOM_ARCHIVES ${CMAKE_MATCH_1})
		endif()
	endforeach()
endif()
find_program(READELF NAMES readelf llvm-readelf)
configure_file("${CMAKE_CURRENT_LIST_DIR}/sbom.cmake.in"
	"${CMAKE_BINARY_DIR}/sbom.cmake" @ONLY)

# the whole of an installation, when no part of it was asked for
install(CODE "
	if(NOT CMAKE_INSTALL_COMPONENT)
		include(\"${CMAKE_BINARY_DIR}/sbom.cmake\")
		sbom_installed(\"\$ENV{DESTDIR}\" \"\${CMAKE_INSTALL_PREFIX}\"
			\"\${CMAKE_INSTALL_MANIFEST_FILES}\")
	endif()" ALL_COMPONENTS)

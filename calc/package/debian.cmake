# Before cpack writes the .deb of each component: what Debian wants beside the
# installed files. Copyright, change logs, pages compressed, lintian's
# overrides with their reasons, the bill of materials, and modes that do not
# depend on the umask.
cmake_policy(VERSION 3.25)
include("${CPACK_SHOKAN_SBOM}")
set(here "${CPACK_SHOKAN_SOURCE}/calc/package")
string(TIMESTAMP day "%Y" UTC)
execute_process(COMMAND env LC_ALL=C TZ=UTC date -R
	-d @$ENV{SOURCE_DATE_EPOCH}
	OUTPUT_VARIABLE DATE OUTPUT_STRIP_TRAILING_WHITESPACE
	COMMAND_ERROR_IS_FATAL ANY)
set(VERSION ${CPACK_PACKAGE_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE})
set(CONTACT ${CPACK_PACKAGE_CONTACT})

# gzip without the name and time
function(compress)
	if(ARGN)
		execute_process(COMMAND gzip -9nf ${ARGN}
			COMMAND_ERROR_IS_FATAL ANY)
	endif()
endfunction()

foreach(pair ${CPACK_SHOKAN_PACKAGES})
	string(REGEX MATCH "^([a-z]+)=(.*)$" pair ${pair})
	set(component ${CMAKE_MATCH_1})
	set(PACKAGE ${CMAKE_MATCH_2})
	set(root "${CPACK_TEMPORARY_DIRECTORY}/${component}")
	set(doc "${root}/usr/share/doc/${PACKAGE}")
	configure_file("${here}/copyright" "${doc}/copyright" COPYONLY)
	configure_file("${here}/changelog.in" "${doc}/changelog.Debian" @ONLY)
	configure_file("${CPACK_SHOKAN_SOURCE}/CHANGELOG.md" "${doc}/changelog"
		COPYONLY)
	compress("${doc}/changelog.Debian" "${doc}/changelog")
	file(GLOB_RECURSE pages "${root}/usr/share/man/*.1")
	compress(${pages})
	configure_file("${here}/lintian"
		"${root}/usr/share/lintian/overrides/${PACKAGE}" @ONLY)
	sbom_write(${PACKAGE} "${root}" "${doc}/${PACKAGE}.spdx.json")
	execute_process(COMMAND chmod -R u=rwX,go=rX "${root}"
		COMMAND_ERROR_IS_FATAL ANY)
endforeach()

# What the library depends on, by the packages that have what it needs.
set(work "${CPACK_TEMPORARY_DIRECTORY}/depends")
file(WRITE "${work}/debian/control"
	"Source: shokan\n\nPackage: shokan\nArchitecture: any\n")
file(GLOB library "${CPACK_TEMPORARY_DIRECTORY}/library/usr/lib/*/*.so.*.*")
execute_process(COMMAND env LC_ALL=C dpkg-shlibdeps -O ${library}
	WORKING_DIRECTORY "${work}" OUTPUT_VARIABLE said
	COMMAND_ERROR_IS_FATAL ANY)
if(NOT said MATCHES "shlibs:Depends=([^\n]+)")
	message(FATAL_ERROR "nothing that ${library} depends on: ${said}")
endif()
set(CPACK_DEBIAN_LIBRARY_PACKAGE_DEPENDS "${CMAKE_MATCH_1}")
file(REMOVE_RECURSE "${work}")

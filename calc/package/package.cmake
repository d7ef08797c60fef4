# Packages: `cpack -G DEB` splits what is installed into the packages that a
# user of Debian expects; `cpack --config CPackSourceConfig.cmake` writes the
# source tarball. The preset "package" builds for them. sbom.cmake runs at the
# end of every installation.
set(CPACK_PACKAGE_NAME shokan)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_VENDOR "the shokan maintainers")
set(CPACK_PACKAGE_CONTACT "shokan maintainers <maintainers@shokan.invalid>")
set(CPACK_RESOURCE_FILE_LICENSE ${CMAKE_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR})
set(CPACK_GENERATOR DEB)
set(CPACK_STRIP_FILES ON)
set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_CURRENT_LIST_DIR}/options.cmake)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE
	OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_SHOKAN_SOURCE ${CMAKE_SOURCE_DIR})

set(CPACK_SOURCE_GENERATOR External)
set(CPACK_SOURCE_INSTALLED_DIRECTORIES "")

# The packages: component, name, section and what is said of each.
set(CPACK_COMPONENTS_ALL command library development rules)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_ENABLE_COMPONENT_DEPENDS OFF)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(exact ${PROJECT_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE})

# debian(COMPONENT NAME SECTION TITLE TEXT): TITLE is the synopsis
function(debian component name section title text)
	string(TOUPPER ${component} part)
	set(CPACK_DEBIAN_${part}_PACKAGE_NAME ${name} PARENT_SCOPE)
	set(CPACK_DEBIAN_${part}_PACKAGE_SECTION ${section} PARENT_SCOPE)
	set(CPACK_COMPONENT_${part}_DESCRIPTION "${title}\n${text}" PARENT_SCOPE)
endfunction()

set(about "shokan answers from cited rule models of the revisions of 2024 and 2026
what Japan's health insurance pays for a medical device or a test, under
which rule and as of which day, and proves the answer. What the law or the
facts leave open is told with the values at which the answer changes.")
debian(command shokan science
	"price medical devices by the rules of Japan's health insurance"
	"${about}\n\nThis is the command, with its manual pages and completions.")
debian(library libshokan${SHOKAN_ABI} libs
	"rules of Japan's health insurance for medical devices - library"
	"${about}\n\nThis is the shared library.")
debian(development libshokan-dev libdevel
	"rules of Japan's health insurance for medical devices - development"
	"${about}\n\nThis is what is needed to build programs with the library.")
debian(rules shokan-rules science
	"rules of Japan's health insurance for medical devices - models"
	"${about}\n\nThese are the rule models with their sources, and the JSON schemas.")
debian(sqlite libsqlite3-mod-shokan database
	"rules of Japan's health insurance for medical devices - SQLite"
	"${about}\n\nThis is an extension of SQLite: shokan_price() in SQL.")

# libraries that are loaded by their names, which no linker sees
function(package_of file fallback out)
	set(found ${fallback})
	find_program(DPKG_QUERY dpkg-query)
	if(DPKG_QUERY)
		execute_process(COMMAND ${DPKG_QUERY} -S ${file}
			OUTPUT_VARIABLE said ERROR_QUIET)
		if(said MATCHES "^([a-z0-9.+-]+):")
			set(found ${CMAKE_MATCH_1})
		endif()
	endif()
	set(${out} ${found} PARENT_SCOPE)
endfunction()
package_of("${XLSXWRITER_FILE}" libxlsxwriter4 xlsxwriter_package)
package_of("${MICROHTTPD_FILE}" libmicrohttpd12 microhttpd_package)

set(CPACK_DEBIAN_COMMAND_PACKAGE_DEPENDS "shokan-rules (= ${exact})")
set(CPACK_DEBIAN_COMMAND_PACKAGE_RECOMMENDS
	"tzdata, ${xlsxwriter_package}, ${microhttpd_package}")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_RECOMMENDS
	"shokan-rules, tzdata, ${xlsxwriter_package}")
# CPack's own way with libraries calls ldconfig from scripts, which Debian no
# longer wants: debian.cmake looks for what it depends on
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SHLIBDEPS OFF)
file(WRITE ${CMAKE_BINARY_DIR}/debian/shlibs
	"libshokan ${SHOKAN_ABI} libshokan${SHOKAN_ABI} (>= ${PROJECT_VERSION})\n")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_CONTROL_EXTRA
	${CMAKE_BINARY_DIR}/debian/shlibs ${CMAKE_CURRENT_LIST_DIR}/triggers)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "libshokan${SHOKAN_ABI} (= ${exact}),\
 libgmp-dev, libjansson-dev, libminizip-dev, libmpfr-dev, libpcre2-dev,\
 libsodium-dev, libsqlite3-dev, libutf8proc-dev, libxml2-dev, nettle-dev,\
 zlib1g-dev")
set(CPACK_DEBIAN_RULES_PACKAGE_ARCHITECTURE all)
if(TARGET shokan_sqlite)
	list(APPEND CPACK_COMPONENTS_ALL sqlite)
	set(CPACK_DEBIAN_SQLITE_PACKAGE_DEPENDS "shokan-rules (= ${exact})")
	set(CPACK_DEBIAN_SQLITE_PACKAGE_RECOMMENDS tzdata)
	set(CPACK_DEBIAN_SQLITE_PACKAGE_ENHANCES sqlite3)
endif()
if(TARGET shokan_postgres)
	list(APPEND CPACK_COMPONENTS_ALL postgres)
	get_property(pg_major GLOBAL PROPERTY shokan_postgres)
	debian(postgres postgresql-${pg_major}-shokan database
		"rules of Japan's health insurance for medical devices - PostgreSQL"
		"${about}\n\nThis is an extension of PostgreSQL ${pg_major}: shokan_price() in SQL.")
	set(CPACK_DEBIAN_POSTGRES_PACKAGE_DEPENDS
		"postgresql-${pg_major}, shokan-rules (= ${exact})")
	set(CPACK_DEBIAN_POSTGRES_PACKAGE_RECOMMENDS tzdata)
endif()
foreach(component ${CPACK_COMPONENTS_ALL})
	string(TOUPPER ${component} part)
	list(APPEND CPACK_SHOKAN_PACKAGES
		${component}=${CPACK_DEBIAN_${part}_PACKAGE_NAME})
endforeach()

include(${CMAKE_CURRENT_LIST_DIR}/sbom_setup.cmake)
set(CPACK_SHOKAN_SBOM ${CMAKE_BINARY_DIR}/sbom.cmake)
include(CPack)

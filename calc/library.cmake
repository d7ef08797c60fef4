# libshokan, shared and static, from the objects of every room. Only shk_* is
# seen from outside: by a version script in the one; the other is one object
# in which every other name was made local. The Intel decimal library, which
# exists as an archive only, is inside both.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

# Raised when something that was released goes or changes; abi.sh sees it.
set(SHOKAN_ABI 0)
# what the static library is linked with: modules of pkg-config, and names
set(SHOKAN_NEEDS libxml-2.0 jansson libsodium nettle libutf8proc mpfr
	libpcre2-8 sqlite3 minizip zlib)
set(SHOKAN_NAMES gmp m ${CMAKE_DL_LIBS} pthread)

get_property(rooms GLOBAL PROPERTY shokan_rooms)
foreach(room ${rooms})
	list(APPEND objects $<TARGET_OBJECTS:${room}>)
endforeach()

add_library(shokan_shared SHARED ${objects})
target_link_libraries(shokan_shared PRIVATE ${rooms}) # what they link with
target_link_options(shokan_shared PRIVATE
	-Wl,--version-script=${CMAKE_CURRENT_LIST_DIR}/library.map
	# libxml2 leaves a destructor with each thread: it must stay loaded
	-Wl,-z,nodelete)
set_target_properties(shokan_shared PROPERTIES OUTPUT_NAME shokan
	LINKER_LANGUAGE C LINK_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/library.map
	VERSION ${PROJECT_VERSION} SOVERSION ${SHOKAN_ABI} EXPORT_NAME shokan)

set(whole ${CMAKE_BINARY_DIR}/whole.o)
set(sealed ${CMAKE_BINARY_DIR}/shokan.o)
add_custom_command(OUTPUT ${sealed}
	COMMAND ${CMAKE_C_COMPILER} -r -nostdlib -o ${whole} ${objects}
		${INTEL_DECIMAL}
	COMMAND ${CMAKE_OBJCOPY} --wildcard "--keep-global-symbol=shk_*"
		${whole} ${sealed}
	DEPENDS ${rooms} ${objects} COMMAND_EXPAND_LISTS VERBATIM
	COMMENT "Sealing the static library")
add_library(shokan_static STATIC ${sealed})
target_link_libraries(shokan_static INTERFACE
	$<INSTALL_INTERFACE:PkgConfig::SHOKAN_NEEDS> ${SHOKAN_NAMES})
set_target_properties(shokan_static PROPERTIES OUTPUT_NAME shokan
	LINKER_LANGUAGE C EXPORT_NAME static)

list(JOIN SHOKAN_NEEDS " " SHOKAN_NEEDS)
list(TRANSFORM SHOKAN_NAMES PREPEND -l)
list(JOIN SHOKAN_NAMES " " SHOKAN_NAMES)
set(SHOKAN_CMAKE ${CMAKE_INSTALL_LIBDIR}/cmake/shokan)
file(RELATIVE_PATH PC_PREFIX /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
file(RELATIVE_PATH CONFIG_TO_RULES /${SHOKAN_CMAKE} /share/shokan/rules)
configure_file(${CMAKE_CURRENT_LIST_DIR}/shokanConfig.cmake.in
	package/shokanConfig.cmake @ONLY)
# a minor version may take something away until there is a 1.0
write_basic_package_version_file(
	${CMAKE_BINARY_DIR}/package/shokanConfigVersion.cmake
	COMPATIBILITY SameMinorVersion)
configure_file(${CMAKE_CURRENT_LIST_DIR}/shokan.pc.in shokan.pc @ONLY)
# what is installed below is for building with it, if nothing else is said
set(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME development)
install(TARGETS shokan_shared EXPORT shared
	LIBRARY COMPONENT library NAMELINK_COMPONENT development
		DESTINATION ${CMAKE_INSTALL_LIBDIR}
	INCLUDES DESTINATION include)
install(TARGETS shokan_static EXPORT static
	ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
	INCLUDES DESTINATION include)
install(EXPORT shared FILE shokanShared.cmake NAMESPACE shokan::
	DESTINATION ${SHOKAN_CMAKE})
install(EXPORT static FILE shokanStatic.cmake NAMESPACE shokan::
	DESTINATION ${SHOKAN_CMAKE})
install(DIRECTORY ${CMAKE_BINARY_DIR}/package/ DESTINATION ${SHOKAN_CMAKE})
install(DIRECTORY include/shokan DESTINATION include
	PATTERN schemas EXCLUDE PATTERN *.md EXCLUDE)
install(FILES include/shokan/API.md include/shokan/LIMITS.md
	DESTINATION share/doc/shokan)
install(DIRECTORY include/shokan/schemas DESTINATION share/shokan
	COMPONENT rules)
install(FILES ${CMAKE_BINARY_DIR}/shokan.pc
	DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
unset(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME)

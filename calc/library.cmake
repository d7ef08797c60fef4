# libshokan, shared and static, from the objects of every room. Only shk_* is
# seen from outside: by a version script in the one; the other is one object
# in which every other name was made local. The Intel decimal library, which
# exists as an archive only, is inside both.
include(GNUInstallDirs)

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
	VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR})

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
set_target_properties(shokan_static PROPERTIES OUTPUT_NAME shokan
	LINKER_LANGUAGE C)

file(RELATIVE_PATH PC_PREFIX /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(${CMAKE_CURRENT_LIST_DIR}/shokan.pc.in shokan.pc @ONLY)
# what is installed below is for building with it, if nothing else is said
set(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME development)
install(TARGETS shokan_shared shokan_static
	LIBRARY COMPONENT library NAMELINK_COMPONENT development
		DESTINATION ${CMAKE_INSTALL_LIBDIR}
	ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/shokan DESTINATION include
	PATTERN schemas EXCLUDE)
install(DIRECTORY include/shokan/schemas DESTINATION share/shokan
	COMPONENT rules)
install(FILES ${CMAKE_BINARY_DIR}/shokan.pc
	DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
unset(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME)

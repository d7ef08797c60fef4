# Manual pages and completions, written at build time by a program that is
# linked with the tables of the command and is not installed.
include(GNUInstallDirs)

file(GLOB manual_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/calc/manual/*.c)
add_executable(shokan-manual ${manual_sources})
set_property(TARGET shokan-manual PROPERTY FROM_ARCHIVES ON)
target_link_libraries(shokan-manual PRIVATE room_cli)
target_compile_definitions(shokan-manual PRIVATE
	SHOKAN_RULES_INSTALLED="${CMAKE_INSTALL_PREFIX}/share/shokan/rules"
	SHOKAN_SCHEMAS_INSTALLED="${CMAKE_INSTALL_PREFIX}/share/shokan/schemas")

set(manual ${CMAKE_BINARY_DIR}/manual)
add_custom_command(OUTPUT ${manual}/examples.tsv
	COMMAND ${CMAKE_COMMAND} -E rm -rf ${manual}
	COMMAND ${CMAKE_COMMAND} -E make_directory ${manual}/man1
		${manual}/ja/man1
	COMMAND shokan-manual ${manual}
	DEPENDS shokan-manual VERBATIM
	COMMENT "Writing the manual pages and completions")
add_custom_target(manual ALL DEPENDS ${manual}/examples.tsv)

set(SHOKAN_ZSH_FUNCTIONS share/zsh/site-functions CACHE STRING
	"folder of the completion of zsh; vendor-completions on Debian")
install(DIRECTORY ${manual}/man1 ${manual}/ja DESTINATION ${CMAKE_INSTALL_MANDIR}
	COMPONENT command)
install(FILES ${manual}/shokan.bash RENAME shokan
	DESTINATION share/bash-completion/completions COMPONENT command)
install(FILES ${manual}/_shokan
	DESTINATION ${SHOKAN_ZSH_FUNCTIONS} COMPONENT command)
install(FILES ${manual}/shokan.fish
	DESTINATION share/fish/vendor_completions.d COMPONENT command)

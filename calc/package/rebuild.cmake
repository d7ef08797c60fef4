# After cpack has written the .deb of each component: Debian's own tool writes
# them again, since the archive's members have the umask of whoever ran cpack.
cmake_policy(VERSION 3.25)
set(work "${CPACK_TEMPORARY_DIRECTORY}/rebuild")
foreach(package ${CPACK_PACKAGE_FILES})
	file(REMOVE_RECURSE "${work}")
	file(MAKE_DIRECTORY "${work}")
	execute_process(COMMAND dpkg-deb -R "${package}" "${work}/tree"
		COMMAND_ERROR_IS_FATAL ANY)
	execute_process(COMMAND chmod -R u=rwX,go=rX "${work}/tree"
		COMMAND_ERROR_IS_FATAL ANY)
	execute_process(COMMAND dpkg-deb --root-owner-group -Zxz
		--build "${work}/tree" "${package}" OUTPUT_QUIET
		COMMAND_ERROR_IS_FATAL ANY)
endforeach()

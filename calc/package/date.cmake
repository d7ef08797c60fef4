# source_date(SOURCE): sets the environment's SOURCE_DATE_EPOCH, where it is
# not given, to the day of what is packed: the last commit, what a tarball
# says, or else the change log.
cmake_policy(VERSION 3.25)
function(source_date source)
	if(NOT "$ENV{SOURCE_DATE_EPOCH}" STREQUAL "")
		return()
	endif()
	set(date "")
	if(EXISTS "${source}/.git")
		execute_process(COMMAND git -c safe.directory=* -C "${source}"
			log -1 --format=%ct OUTPUT_VARIABLE date ERROR_QUIET
			OUTPUT_STRIP_TRAILING_WHITESPACE)
	elseif(EXISTS "${source}/.source-date")
		file(STRINGS "${source}/.source-date" date LIMIT_COUNT 1)
	endif()
	if(NOT date MATCHES "^[0-9]+$")
		file(TIMESTAMP "${source}/CHANGELOG.md" date "%s" UTC)
	endif()
	set(ENV{SOURCE_DATE_EPOCH} ${date})
endfunction()

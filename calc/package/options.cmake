# Read by cpack before it writes a package: one time of day for all that is in
# it, and what is done between the installation and the writing.
cmake_policy(VERSION 3.25)
include("${CPACK_SHOKAN_SOURCE}/calc/package/date.cmake")
source_date("${CPACK_SHOKAN_SOURCE}")

if(CPACK_GENERATOR STREQUAL "External")
	set(CPACK_EXTERNAL_ENABLE_STAGING OFF)
	set(CPACK_EXTERNAL_PACKAGE_SCRIPT
		"${CPACK_SHOKAN_SOURCE}/calc/package/source.cmake")
elseif(CPACK_GENERATOR STREQUAL "DEB")
	set(CPACK_PRE_BUILD_SCRIPTS
		"${CPACK_SHOKAN_SOURCE}/calc/package/debian.cmake")
	set(CPACK_POST_BUILD_SCRIPTS
		"${CPACK_SHOKAN_SOURCE}/calc/package/rebuild.cmake")
endif()

/*
 * The version of the library. The build file is the one place that states
 * it; everything else asks here.
 */
#include <shokan/version.h>

const char *shk_version(void)
{
	return SHOKAN_VERSION;
}

/*
 * The version of the library, for receipts, stored runs and reports.
 */
#ifndef SHOKAN_VERSION_H
#define SHOKAN_VERSION_H

#ifdef __cplusplus
extern "C" {
#endif

/* "MAJOR.MINOR.PATCH" (Semantic Versioning); never NULL, never freed. */
const char *shk_version(void);

#ifdef __cplusplus
}
#endif
#endif

/*
 * The time of day, for what the store says about when.
 */
#ifndef CLI_CLOCK_H
#define CLI_CLOCK_H

#define CLI_NOW 21 /* bytes of "YYYY-MM-DDTHH:MM:SSZ" and its NUL */

/* Now in UTC, or the time that SOURCE_DATE_EPOCH gives (reproducible builds). */
void cli_now(char out[CLI_NOW]);

#endif

/*
 * Civil dates of the Gregorian calendar as days since 1970-01-01.
 * Years 1 to 9999; no time zone, no clock.
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DATE_TEXT 11 /* "YYYY-MM-DD" and NUL */

bool date_exists(int year, int month, int day);
int32_t date_days(int year, int month, int day); /* of an existing date */
void date_civil(int32_t days, int *year, int *month, int *day);
/* Strict "YYYY-MM-DD"; false for any other form or no such day. */
bool date_parse(const char *text, size_t size, int32_t *days);
void date_format(int32_t days, char out[DATE_TEXT]);
int date_weekday(int32_t days); /* 1 Monday to 7 Sunday */

#endif

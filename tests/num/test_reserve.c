/*
 * GMP and MPFR without malloc: the same result from the reserve alone, which
 * is large enough, and nothing of it is used after its end.
 */
#include <criterion/criterion.h>
#include <string.h>

#include <mpfr.h>

#include "num/num.h"
#include "num/reserve.h"

/* What the functions of num do at a precision, at least: the most costly is
   the power, a logarithm and an exponential. */
static void compute(mpfr_prec_t bits, char out[32])
{
	mpfr_exp_t exponent;
	mpfr_t x;
	mpfr_t y;

	mpfr_init2(x, bits);
	mpfr_init2(y, bits);
	mpfr_set_ui(x, 1235, MPFR_RNDD);
	mpfr_div_ui(x, x, 7, MPFR_RNDD);
	mpfr_log(y, x, MPFR_RNDD);
	mpfr_mul(y, y, x, MPFR_RNDU);
	mpfr_exp(y, y, MPFR_RNDU);
	mpfr_get_str(out, &exponent, 10, 30, y, MPFR_RNDN);
	mpfr_clear(x);
	mpfr_clear(y);
}

Test(num_reserve, alone)
{
	static const mpfr_prec_t rows[] = { 192, 384, 768, 1536, 3072 };
	static struct num_reserve reserve;
	char wanted[32];
	char got[32];

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		compute(rows[i], wanted);
		mpfr_free_cache();
		num_reserve_begin(&reserve);
		reserve.alone = true;
		compute(rows[i], got);
		cr_expect(reserve.lent, "%ld bits", (long)rows[i]);
		cr_expect_str_eq(got, wanted, "%ld bits", (long)rows[i]);
		num_reserve_end(&reserve);
		memset(reserve.room, 0xA5, sizeof(reserve.room));
		compute(rows[i], got);
		cr_expect_str_eq(got, wanted, "after %ld bits", (long)rows[i]);
	}
	mpfr_free_cache();
}

/* What malloc gave before is moved into the reserve, and its block freed. */
Test(num_reserve, moved)
{
	static struct num_reserve reserve;
	mpz_t number;

	num_reserve_begin(&reserve);
	mpz_init_set_ui(number, 7);
	reserve.alone = true;
	mpz_mul_2exp(number, number, 1000);
	cr_expect(reserve.lent);
	mpz_fdiv_q_2exp(number, number, 1000);
	cr_expect_eq(mpz_get_ui(number), 7);
	mpz_clear(number);
	num_reserve_end(&reserve);
}

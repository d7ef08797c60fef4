/*
 * The same program as consumer.c in C++17: handles are kept by pointers that
 * free them, callbacks are functions without a name.
 *   consumer RULES FILE
 */
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>

#include <shokan/shokan.h>

namespace
{

template <auto Free> struct Freed {
	template <typename T> void operator()(T *handle) const
	{
		Free(handle);
	}
};

using Rules = std::unique_ptr<shk_rulebook, Freed<shk_rulebook_free>>;
using Schema = std::unique_ptr<shk_schema, Freed<shk_schema_free>>;
using Pricer = std::unique_ptr<shk_pricer, Freed<shk_pricer_free>>;
using Records = std::unique_ptr<shk_records, Freed<shk_records_close>>;
using Report = std::unique_ptr<shk_report, Freed<shk_report_free>>;

/* What a call gives, or its diagnostic thrown. */
template <typename Kept, typename Call> Kept made(Call call)
{
	typename Kept::pointer handle = nullptr;
	shk_diag diag = {};

	if (call(&handle, &diag) != SHK_OK)
		throw std::runtime_error(
			std::string(diag.path) + ": " + diag.message);
	return Kept(handle);
}

void price(const char *folder, const char *path)
{
	auto rules = made<Rules>([=](auto **out, auto *diag) {
		return shk_rulebook_load(out, folder, diag);
	});
	auto schema = made<Schema>([&](auto **out, auto *diag) {
		return shk_schema_of(out, rules.get(), diag);
	});
	auto pricer = made<Pricer>([&](auto **out, auto *diag) {
		shk_price_options options = {};

		options.revision = "r8";
		options.flips = true;
		return shk_pricer_new(
			out, rules.get(), schema.get(), &options, diag);
	});
	auto records = made<Records>([&](auto **out, auto *diag) {
		return shk_records_open(
			out, schema.get(), path, nullptr, diag);
	});
	auto report = made<Report>([](auto **out, auto *diag) {
		shk_report_options options = {};
		shk_sink sink = { stdout,
			[](void *to, const char *data, size_t size) {
				return std::fwrite(data, 1, size,
					       static_cast<FILE *>(to)) == size;
			} };

		options.format = SHK_REPORT_JSON;
		return shk_report_new(out, &options, sink, diag);
	});
	shk_record *record = nullptr;
	shk_diag diag = {};
	shk_code code;

	while (!(code = shk_records_next(records.get(), &record, &diag)) &&
		!(code = shk_pricer_price(
			  pricer.get(), record,
			  [](void *to, const shk_result *result) {
				  shk_diag why = {};

				  return shk_report_result(
					  static_cast<shk_report *>(to), result,
					  &why);
			  },
			  report.get(), &diag)))
		;
	if (code != SHK_END || shk_report_finish(report.get(), &diag))
		throw std::runtime_error(diag.message);
}

}

int main(int argc, char **argv)
{
	if (argc != 3)
		return 2;
	try {
		price(argv[1], argv[2]);
	} catch (const std::exception &failure) {
		std::fprintf(stderr, "%s\n", failure.what());
		return 1;
	}
	return 0;
}

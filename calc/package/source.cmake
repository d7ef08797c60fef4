# The source tarball, as cpack's package script: what git tracks (or, in a
# tarball unpacked, everything but builds) below one folder, sorted, with one
# time, no owner, and the same modes whatever the umask; .source-date carries
# the time on.
cmake_policy(VERSION 3.25)
set(source "${CPACK_SHOKAN_SOURCE}")
set(name shokan-${CPACK_PACKAGE_VERSION})
set(out "${CPACK_PACKAGE_DIRECTORY}/${name}.tar.gz")
set(work "${CPACK_TEMPORARY_DIRECTORY}")
file(MAKE_DIRECTORY "${work}")

# run(COMMAND...): one that fails ends all
function(run)
	execute_process(${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

if(EXISTS "${source}/.git")
	run(COMMAND git -c safe.directory=* -C "${source}" ls-files -z
		OUTPUT_FILE "${work}/list")
else()
	run(COMMAND find . -type f -not -path "./build/*" -not -path "./.cache/*"
		-not -name .source-date -printf "%P\\0"
		# as git lists them
		COMMAND env LC_ALL=C sort -z
		WORKING_DIRECTORY "${source}" OUTPUT_FILE "${work}/list")
endif()
file(WRITE "${work}/.source-date" "$ENV{SOURCE_DATE_EPOCH}\n")
# executable files, by git or by what the tarball had, and nothing of a umask
run(COMMAND env LC_ALL=C tar --create --file "${work}/source.tar" --format=gnu
	--sort=name --mtime=@$ENV{SOURCE_DATE_EPOCH} --owner=0 --group=0
	--numeric-owner "--mode=u+rw,go=rX,go-w"
	"--transform=s|^|${name}/|S" --directory "${work}" .source-date
	--directory "${source}" --null --files-from "${work}/list")
run(COMMAND gzip -9n INPUT_FILE "${work}/source.tar" OUTPUT_FILE "${out}")
set(CPACK_EXTERNAL_BUILT_PACKAGES "${out}")

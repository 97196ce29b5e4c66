# SPDX-License-Identifier: Apache-2.0
# NNNN_name.sql ... to the C table that migrate.c runs.  Numbers count from 1.
BEGIN {
	print "/* Made from the numbered SQL files. */"
	print "#include \"db/migrate.h\""
	print ""
	print "const struct migration migrations[] = {"
}
FNR == 1 {
	if (files++)
		print "\t},"
	name = FILENAME
	sub(/.*\//, "", name)
	if (substr(name, 1, 4) + 0 != files) {
		print name ": expected number " files | "cat 1>&2"
		bad = 1
		exit 1
	}
	print "\t{ \"" name "\","
}
/^--/ || /^$/ { next }
{
	gsub(/\\/, "\\\\")
	gsub(/"/, "\\\"")
	print "\t    \"" $0 "\\n\""
}
END {
	if (bad)
		exit 1
	print "\t},"
	print "};"
	print "const size_t migrations_n ="
	print "    sizeof(migrations) / sizeof(migrations[0]);"
}

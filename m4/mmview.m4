# SPDX-License-Identifier: MIT
# Copyright The mmview authors
# What configure.ac asks, one macro a question.

# MMVIEW_CC_FLAG(VARIABLE, FLAG): appends FLAG when the compiler takes it.
# -Werror, because clang only warns about a flag that it does not know.
AC_DEFUN([MMVIEW_CC_FLAG], [
  AS_VAR_PUSHDEF([cached], [mmview_cv_cc_flag_$2])
  AC_CACHE_CHECK([whether $CC accepts $2], [cached], [
    mmview_save_CFLAGS=$CFLAGS
    CFLAGS="$CFLAGS -Werror $2"
    AC_COMPILE_IFELSE([AC_LANG_PROGRAM()],
                      [AS_VAR_SET([cached], [yes])], [AS_VAR_SET([cached], [no])])
    CFLAGS=$mmview_save_CFLAGS])
  AS_VAR_IF([cached], [yes], [AS_VAR_APPEND([$1], [" $2"])])
  AS_VAR_POPDEF([cached])
])

# MMVIEW_LD_FLAG(VARIABLE, FLAG): the same for a linker flag.
AC_DEFUN([MMVIEW_LD_FLAG], [
  AS_VAR_PUSHDEF([cached], [mmview_cv_ld_flag_$2])
  AC_CACHE_CHECK([whether the linker accepts $2], [cached], [
    mmview_save_LDFLAGS=$LDFLAGS
    LDFLAGS="$LDFLAGS $2"
    AC_LINK_IFELSE([AC_LANG_PROGRAM()],
                   [AS_VAR_SET([cached], [yes])], [AS_VAR_SET([cached], [no])])
    LDFLAGS=$mmview_save_LDFLAGS])
  AS_VAR_IF([cached], [yes], [AS_VAR_APPEND([$1], [" $2"])])
  AS_VAR_POPDEF([cached])
])

# MMVIEW_LD_VERSION_SCRIPT: sets the conditional HAVE_LD_VERSION_SCRIPT.
AC_DEFUN([MMVIEW_LD_VERSION_SCRIPT], [
  AC_CACHE_CHECK([whether the linker accepts a version script], [mmview_cv_ld_version_script], [
    mmview_save_LDFLAGS=$LDFLAGS
    LDFLAGS="$LDFLAGS -shared -fPIC -Wl,--version-script=conftest.map"
    echo 'V_1 { global: f; local: *; };' >conftest.map
    AC_LINK_IFELSE([AC_LANG_SOURCE([[int f(void); int f(void) { return 0; }]])],
                   [mmview_cv_ld_version_script=yes], [mmview_cv_ld_version_script=no])
    rm -f conftest.map
    LDFLAGS=$mmview_save_LDFLAGS])
  AM_CONDITIONAL([HAVE_LD_VERSION_SCRIPT], [test "$mmview_cv_ld_version_script" = yes])
])

# MMVIEW_WARNINGS: sets WARN_CFLAGS; --enable-werror makes warnings fatal.
# They stay out of CFLAGS, which belongs to the user.
AC_DEFUN([MMVIEW_WARNINGS], [
  AC_ARG_ENABLE([werror], [AS_HELP_STRING([--enable-werror], [make warnings errors])])
  m4_foreach_w([flag], [
      -Wall
      -Wextra
      -Wcast-align
      -Wcast-align=strict
      -Wcast-qual
      -Wconversion
      -Wdate-time
      -Wdouble-promotion
      -Wduplicated-branches
      -Wduplicated-cond
      -Wformat=2
      -Wimplicit-fallthrough
      -Wlogical-op
      -Wmissing-declarations
      -Wmissing-prototypes
      -Wnested-externs
      -Wold-style-definition
      -Wpointer-arith
      -Wredundant-decls
      -Wshadow
      -Wstrict-prototypes
      -Wundef
      -Wvla
      -Wwrite-strings
    ], [MMVIEW_CC_FLAG([WARN_CFLAGS], flag)])
  AS_IF([test "x$enable_werror" = xyes], [AS_VAR_APPEND([WARN_CFLAGS], [" -Werror"])])
  AC_SUBST([WARN_CFLAGS])
])

# MMVIEW_SANITIZERS: --enable-sanitizers[=LIST] sets SANITIZER_FLAGS, which are
# needed to compile and to link.
AC_DEFUN([MMVIEW_SANITIZERS], [
  AC_ARG_ENABLE([sanitizers],
    [AS_HELP_STRING([--enable-sanitizers@<:@=LIST@:>@],
                    [build with sanitizers: address,undefined (the default LIST), thread, memory])],
    [], [enable_sanitizers=no])
  SANITIZER_FLAGS=
  AS_CASE([$enable_sanitizers],
    [no], [enable_sanitizers=],
    [yes], [enable_sanitizers=address,undefined])
  AS_IF([test -n "$enable_sanitizers"], [
    SANITIZER_FLAGS="-fsanitize=$enable_sanitizers -fno-sanitize-recover=all -fno-omit-frame-pointer"
    AC_MSG_CHECKING([whether $CC builds with $SANITIZER_FLAGS])
    mmview_save_CFLAGS=$CFLAGS
    CFLAGS="$CFLAGS $SANITIZER_FLAGS"
    AC_LINK_IFELSE([AC_LANG_PROGRAM()], [AC_MSG_RESULT([yes])],
                   [AC_MSG_RESULT([no])
                    AC_MSG_ERROR([--enable-sanitizers=$enable_sanitizers does not work with $CC])])
    CFLAGS=$mmview_save_CFLAGS
    MMVIEW_SANITIZERS_CXX])
  AC_SUBST([SANITIZER_FLAGS])
  AC_SUBST([SANITIZER_CXXFLAGS])
  AC_SUBST([SANITIZERS], [$enable_sanitizers])
])

# MMVIEW_SANITIZERS_CXX: clang's checks of functions' and objects' types in C++ need
# its C++ library at run time, which nothing of ours is linked with. Sets
# SANITIZER_CXXFLAGS, which turn them off.
AC_DEFUN([MMVIEW_SANITIZERS_CXX], [
  AC_LANG_PUSH([C++])
  AC_CACHE_CHECK([whether $CXX accepts -fno-sanitize=function,vptr],
    [mmview_cv_cxx_no_sanitize_types], [
    mmview_save_CXXFLAGS=$CXXFLAGS
    CXXFLAGS="$CXXFLAGS -Werror $SANITIZER_FLAGS -fno-sanitize=function,vptr"
    AC_COMPILE_IFELSE([AC_LANG_PROGRAM()], [mmview_cv_cxx_no_sanitize_types=yes],
                      [mmview_cv_cxx_no_sanitize_types=no])
    CXXFLAGS=$mmview_save_CXXFLAGS])
  AC_LANG_POP([C++])
  AS_IF([test "$mmview_cv_cxx_no_sanitize_types" = yes],
        [SANITIZER_CXXFLAGS=-fno-sanitize=function,vptr])
])

# MMVIEW_PROG_PYTHON_NUMPY: the first Python that can import numpy, which often
# is not the first python3 in PATH. Sets PYTHON_NUMPY (empty without one).
AC_DEFUN([MMVIEW_PROG_PYTHON_NUMPY], [
  AC_ARG_VAR([PYTHON], [a Python with NumPy, the reference of the tests])
  AC_CACHE_CHECK([for a Python with NumPy], [mmview_cv_prog_python_numpy], [
    mmview_cv_prog_python_numpy=none
    for mmview_python in $PYTHON python3 /usr/bin/python3 python; do
      AS_IF([$mmview_python -c 'import numpy, sys; sys.exit(sys.version_info < (3,))' >/dev/null 2>&1],
            [mmview_cv_prog_python_numpy=$mmview_python; break])
    done])
  AS_CASE([$mmview_cv_prog_python_numpy],
    [none], [PYTHON_NUMPY=],
    [/*], [PYTHON_NUMPY=$mmview_cv_prog_python_numpy],
    [PYTHON_NUMPY=`command -v "$mmview_cv_prog_python_numpy"`])
  AC_SUBST([PYTHON_NUMPY])
  AM_CONDITIONAL([HAVE_PYTHON_NUMPY], [test -n "$PYTHON_NUMPY"])
])

# MMVIEW_LIB_UNISTRING: libunistring knows the names of Unicode characters,
# which few headers need. It is therefore never linked but opened by its SONAME
# when needed; the SONAME is read from a program linked for the purpose.
AC_DEFUN([MMVIEW_LIB_UNISTRING], [
  AC_ARG_WITH([libunistring],
    [AS_HELP_STRING([--without-libunistring],
                    [do not look up Unicode character names (\N{...} in headers) with libunistring])],
    [], [with_libunistring=auto])
  LIBUNISTRING_SONAME=
  AS_IF([test "x$with_libunistring" != xno], [
    AC_CACHE_CHECK([for the SONAME of libunistring], [mmview_cv_libunistring_soname], [
      mmview_cv_libunistring_soname=no
      mmview_save_LIBS=$LIBS
      LIBS="-lunistring $LIBS"
      AC_LINK_IFELSE([AC_LANG_PROGRAM([[#include <uniname.h>]],
                                      [[return unicode_name_character("DIGIT ONE") == 0;]])], [
        for mmview_dump in "${READELF:-readelf} -d" "${OBJDUMP:-objdump} -p"; do
          mmview_soname=`$mmview_dump conftest$ac_exeext 2>/dev/null |
            $SED -n 's/.*NEEDED.*\(libunistring\.so[[.0-9]]*\).*/\1/p'`
          test -z "$mmview_soname" || break
        done
        mmview_cv_libunistring_soname=${mmview_soname:-libunistring.so.2}])
      LIBS=$mmview_save_LIBS])
    AS_IF([test "$mmview_cv_libunistring_soname" != no], [
      LIBUNISTRING_SONAME=$mmview_cv_libunistring_soname
      AC_DEFINE([HAVE_LIBUNISTRING], [1], [Define to 1 if libunistring can be opened at run time.])
      AC_DEFINE_UNQUOTED([LIBUNISTRING_SONAME], ["$LIBUNISTRING_SONAME"],
                         [What to dlopen() for libunistring.])],
      [test "x$with_libunistring" = xyes],
      [AC_MSG_ERROR([--with-libunistring, but uniname.h and -lunistring do not work])])])
])

# MMVIEW_ZLIB: zlib inflates members of archives. What starts without one does not pay
# for it: zlib is not linked but opened by its SONAME when a member wants it.
AC_DEFUN([MMVIEW_ZLIB], [
  PKG_CHECK_MODULES([ZLIB], [zlib])
  AC_CACHE_CHECK([for the SONAME of zlib], [mmview_cv_zlib_soname], [
    mmview_cv_zlib_soname=no
    mmview_save_CPPFLAGS=$CPPFLAGS
    mmview_save_LIBS=$LIBS
    CPPFLAGS="$CPPFLAGS $ZLIB_CFLAGS"
    LIBS="$ZLIB_LIBS $LIBS"
    AC_LINK_IFELSE([AC_LANG_PROGRAM([[#include <zlib.h>]], [[return crc32_z(0, 0, 0) != 0;]])], [
      for mmview_dump in "${READELF:-readelf} -d" "${OBJDUMP:-objdump} -p"; do
        mmview_soname=`$mmview_dump conftest$ac_exeext 2>/dev/null |
          $SED -n 's/.*NEEDED.*\(libz[[-a-z]]*\.so[[.0-9]]*\).*/\1/p'`
        test -z "$mmview_soname" || break
      done
      mmview_cv_zlib_soname=${mmview_soname:-libz.so.1}])
    CPPFLAGS=$mmview_save_CPPFLAGS
    LIBS=$mmview_save_LIBS])
  AS_IF([test "$mmview_cv_zlib_soname" = no],
        [AC_MSG_ERROR([zlib.h and $ZLIB_LIBS do not work])])
  AC_DEFINE_UNQUOTED([ZLIB_SONAME], ["$mmview_cv_zlib_soname"], [What to dlopen() for zlib.])
])

# MMVIEW_DRAGONBOX: Dragonbox, a header of C++17, finds the shortest digits of a
# number. Distributions put it into a folder of its own name and version. Sets
# DRAGONBOX_CPPFLAGS, and CODE_CXXFLAGS for a file that needs no C++ library; defines
# DRAGONBOX_POWERS if it gives out its powers of ten, which not all of its versions do
# in the same way.
AC_DEFUN([MMVIEW_DRAGONBOX], [
  AC_ARG_WITH([dragonbox],
    [AS_HELP_STRING([--with-dragonbox=DIR], [the folder that has dragonbox/dragonbox.h])],
    [], [with_dragonbox=])
  AC_LANG_PUSH([C++])
  AC_CACHE_CHECK([for dragonbox/dragonbox.h], [mmview_cv_dragonbox], [
    mmview_cv_dragonbox=no
    mmview_save_CPPFLAGS=$CPPFLAGS
    mmview_save_CXXFLAGS=$CXXFLAGS
    CXXFLAGS="$CXXFLAGS -std=c++17"
    for mmview_dir in $with_dragonbox '' /usr/include/dragonbox-* /usr/local/include/dragonbox-*; do
      CPPFLAGS="$mmview_save_CPPFLAGS ${mmview_dir:+-isystem $mmview_dir}"
      AC_COMPILE_IFELSE([AC_LANG_PROGRAM([[#include <dragonbox/dragonbox.h>]],
                                         [[return jkj::dragonbox::to_decimal(0.1).significand == 0;]])],
                        [mmview_cv_dragonbox=${mmview_dir:+-isystem $mmview_dir}
                         break])
    done
    CPPFLAGS=$mmview_save_CPPFLAGS
    CXXFLAGS=$mmview_save_CXXFLAGS])
  AC_CACHE_CHECK([for its powers of ten], [mmview_cv_dragonbox_powers], [
    mmview_save_CPPFLAGS=$CPPFLAGS
    mmview_save_CXXFLAGS=$CXXFLAGS
    CPPFLAGS="$CPPFLAGS $mmview_cv_dragonbox"
    CXXFLAGS="$CXXFLAGS -std=c++17"
    AC_COMPILE_IFELSE([AC_LANG_PROGRAM([[#include <dragonbox/dragonbox.h>]], [[
                        using namespace jkj::dragonbox;
                        constexpr auto ten = policy::cache::full.get_cache<ieee754_binary64>(1);
                        static_assert(ten.high() == 0xa000000000000000 && ten.low() == 0, "");]])],
                      [mmview_cv_dragonbox_powers=yes], [mmview_cv_dragonbox_powers=no])
    CPPFLAGS=$mmview_save_CPPFLAGS
    CXXFLAGS=$mmview_save_CXXFLAGS])
  AC_LANG_POP([C++])
  AS_IF([test "$mmview_cv_dragonbox_powers" = yes],
        [AC_DEFINE([DRAGONBOX_POWERS], [1], [Define if Dragonbox gives out its powers of ten.])])
  AS_IF([test "x$mmview_cv_dragonbox" = xno],
        [AC_MSG_ERROR([dragonbox/dragonbox.h or a C++17 compiler ($CXX) is missing: on Debian both are in
the packages libdragonbox-dev and g++; else name the header's folder by --with-dragonbox=DIR])])
  AC_SUBST([DRAGONBOX_CPPFLAGS], [$mmview_cv_dragonbox])
  AC_SUBST([CODE_CXXFLAGS], ["-std=c++17 -fno-exceptions -fno-rtti -fvisibility=hidden"])
])

# MMVIEW_COMPLETIONS(SHELL, DIR): --with-SHELL-completions=DIR sets SHELL_COMPLETIONS_DIR,
# and the conditional SHELL_COMPLETIONS, both in capitals. Below our own prefix, whatever
# that of the shell is, or an installation would write outside of it.
AC_DEFUN([MMVIEW_COMPLETIONS], [
  m4_pushdef([upper], m4_toupper([$1_completions]))
  AC_ARG_WITH([$1-completions],
    [AS_HELP_STRING([--with-$1-completions=DIR], [where completions for $1 go, or no @<:@$2@:>@])],
    [], [with_$1_completions=yes])
  AS_IF([test "x$with_$1_completions" = xyes], [with_$1_completions='$2'])
  AM_CONDITIONAL(upper, [test "x$with_$1_completions" != xno])
  AC_SUBST(upper[_DIR], [$with_$1_completions])
  m4_popdef([upper])
])

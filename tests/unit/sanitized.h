/* A sanitized build, which asks whether memory is respected and takes its time for it, tries
 * samples of what the release tries in full. */
#ifndef MULIN_TESTS_UNIT_SANITIZED_H
#define MULIN_TESTS_UNIT_SANITIZED_H

#ifdef __has_feature
#define SANITIZED __has_feature(address_sanitizer)
#elif defined __SANITIZE_ADDRESS__
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

#endif

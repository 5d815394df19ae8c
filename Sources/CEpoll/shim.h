#ifndef ROTE_CEPOLL_SHIM_H
#define ROTE_CEPOLL_SHIM_H

/* Swift's Glibc module leaves this header out. Elsewhere than on Linux there is no such thing, and nothing asks for it. */
#ifdef __linux__
#include <sys/epoll.h>
#endif

#endif

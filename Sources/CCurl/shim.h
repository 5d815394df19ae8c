#ifndef ROTE_CCURL_SHIM_H
#define ROTE_CCURL_SHIM_H
#include <curl/curl.h>
#endif

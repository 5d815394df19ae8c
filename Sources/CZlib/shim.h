#ifndef ROTE_CZLIB_SHIM_H
#define ROTE_CZLIB_SHIM_H

#include <zlib.h>

/// Prepares a stream for reading gzip data. `inflateInit2` is a macro, which Swift cannot import.
static inline int rote_inflate_init_gzip(z_stream *stream) {
    return inflateInit2(stream, 15 + 16);
}

#endif

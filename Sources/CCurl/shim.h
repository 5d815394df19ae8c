#ifndef ROTE_CCURL_SHIM_H
#define ROTE_CCURL_SHIM_H

#include <curl/curl.h>

/* libcurl sets and reads options through variadic functions, which Swift cannot call. Each option that Rote uses has
 * one typed function here, so that a wrong argument type is a compile error in Swift instead of a corrupted stack
 * (a `long` option given an `int` is the classic case, and wrong on every big-endian or arm64 Darwin machine). */

#define ROTE_EASY_OPTION(name, option, type)                                 \
    static inline CURLcode rote_easy_set_##name(CURL *easy, type value) {    \
        return curl_easy_setopt(easy, option, value);                        \
    }

ROTE_EASY_OPTION(url, CURLOPT_URL, const char *)
ROTE_EASY_OPTION(user_agent, CURLOPT_USERAGENT, const char *)
ROTE_EASY_OPTION(proxy, CURLOPT_PROXY, const char *)
ROTE_EASY_OPTION(no_proxy, CURLOPT_NOPROXY, const char *)
ROTE_EASY_OPTION(headers, CURLOPT_HTTPHEADER, struct curl_slist *)
ROTE_EASY_OPTION(http_get, CURLOPT_HTTPGET, long)
ROTE_EASY_OPTION(post, CURLOPT_POST, long)
ROTE_EASY_OPTION(post_size, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t)
ROTE_EASY_OPTION(copied_post_fields, CURLOPT_COPYPOSTFIELDS, const void *)
ROTE_EASY_OPTION(http_version, CURLOPT_HTTP_VERSION, long)
ROTE_EASY_OPTION(follow_location, CURLOPT_FOLLOWLOCATION, long)
ROTE_EASY_OPTION(no_signal, CURLOPT_NOSIGNAL, long)
ROTE_EASY_OPTION(tcp_no_delay, CURLOPT_TCP_NODELAY, long)
ROTE_EASY_OPTION(tcp_keep_alive, CURLOPT_TCP_KEEPALIVE, long)
ROTE_EASY_OPTION(connect_timeout_ms, CURLOPT_CONNECTTIMEOUT_MS, long)
ROTE_EASY_OPTION(buffer_size, CURLOPT_BUFFERSIZE, long)
ROTE_EASY_OPTION(maximum_file_size, CURLOPT_MAXFILESIZE_LARGE, curl_off_t)
ROTE_EASY_OPTION(error_buffer, CURLOPT_ERRORBUFFER, char *)
ROTE_EASY_OPTION(write_function, CURLOPT_WRITEFUNCTION, curl_write_callback)
ROTE_EASY_OPTION(write_data, CURLOPT_WRITEDATA, void *)
ROTE_EASY_OPTION(header_function, CURLOPT_HEADERFUNCTION, curl_write_callback)
ROTE_EASY_OPTION(header_data, CURLOPT_HEADERDATA, void *)
ROTE_EASY_OPTION(private, CURLOPT_PRIVATE, void *)

/* Restricts a handle to http and https; libcurl before 7.85 (Ubuntu 22.04) only knows the older bit mask. */
static inline CURLcode rote_easy_allow_only_http(CURL *easy) {
#if LIBCURL_VERSION_NUM >= 0x075500
    return curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
#else
    return curl_easy_setopt(easy, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
}

#define ROTE_EASY_INFO(name, info, type, absent)                             \
    static inline type rote_easy_get_##name(CURL *easy) {                    \
        type value = absent;                                                 \
        return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : absent; \
    }

ROTE_EASY_INFO(status, CURLINFO_RESPONSE_CODE, long, 0)
ROTE_EASY_INFO(new_connections, CURLINFO_NUM_CONNECTS, long, 0)
ROTE_EASY_INFO(content_length, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, curl_off_t, -1)
ROTE_EASY_INFO(connect_us, CURLINFO_CONNECT_TIME_T, curl_off_t, 0)
ROTE_EASY_INFO(first_byte_us, CURLINFO_STARTTRANSFER_TIME_T, curl_off_t, 0)
ROTE_EASY_INFO(total_us, CURLINFO_TOTAL_TIME_T, curl_off_t, 0)
ROTE_EASY_INFO(private, CURLINFO_PRIVATE, char *, 0)

#define ROTE_MULTI_OPTION(name, option, type)                                \
    static inline CURLMcode rote_multi_set_##name(CURLM *multi, type value) { \
        return curl_multi_setopt(multi, option, value);                      \
    }

ROTE_MULTI_OPTION(maximum_connections, CURLMOPT_MAXCONNECTS, long)
ROTE_MULTI_OPTION(maximum_host_connections, CURLMOPT_MAX_HOST_CONNECTIONS, long)
ROTE_MULTI_OPTION(socket_function, CURLMOPT_SOCKETFUNCTION, curl_socket_callback)
ROTE_MULTI_OPTION(socket_data, CURLMOPT_SOCKETDATA, void *)
ROTE_MULTI_OPTION(timer_function, CURLMOPT_TIMERFUNCTION, curl_multi_timer_callback)
ROTE_MULTI_OPTION(timer_data, CURLMOPT_TIMERDATA, void *)

#endif

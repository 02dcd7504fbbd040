/* reoffend_native.c - gives LuaSQL the SQLite extension.
**
** LuaSQL never allows load_extension(), so a script cannot load reoffend.so through it. This Lua
** module opens the same reoffend.so that the sqlite3 shell loads and registers its entry point with
** sqlite3_auto_extension(): every connection the process opens AFTERWARDS has the functions.
**
**   local native = require "reoffend_native"
**   native.register(path)  ->  true, or nil and a message
**
** 1. path names reoffend.so; registering it twice does nothing more.
** 2. Linked to the shared libsqlite3 LuaSQL uses: two copies of SQLite in one process would crash.
**    It never includes sqlite3ext.h, whose macros would redirect the very call it exists for.
** 3. Neither this module nor the extension is ever unloaded (-z nodelete, no dlclose): SQLite keeps
**    the entry point until the process ends.
*/
#include <dlfcn.h>
#include <string.h>

#include <lauxlib.h>
#include <lua.h>
#include <sqlite3.h>

typedef void (*entry_point)(void);

static int failure(lua_State *L, const char *what, const char *detail) {
    lua_pushnil(L);
    lua_pushfstring(L, "%s: %s", what, detail ? detail : "unknown reason");
    return 2;
}

static int native_register(lua_State *L) {
    const char *path = luaL_checkstring(L, 1);
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (!library) return failure(L, "the extension does not open", dlerror());

    void *symbol = dlsym(library, "sqlite3_reoffend_init");
    if (!symbol) return failure(L, "not the re-offending extension", path);

    entry_point entry; /* ISO C has no cast from an object pointer to a function pointer */
    memcpy(&entry, &symbol, sizeof entry);
    int code = sqlite3_auto_extension(entry);
    if (code != SQLITE_OK) {
        return failure(L, "SQLite does not take the extension", sqlite3_errstr(code));
    }
    lua_pushboolean(L, 1);
    return 1;
}

__attribute__((visibility("default"))) int luaopen_reoffend_native(lua_State *L);

int luaopen_reoffend_native(lua_State *L) {
    static const luaL_Reg functions[] = {
        {"register", native_register},
        {NULL, NULL},
    };
    luaL_newlib(L, functions);
    return 1;
}

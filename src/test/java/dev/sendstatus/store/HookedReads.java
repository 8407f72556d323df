package dev.sendstatus.store;

import com.zaxxer.hikari.HikariConfig;
import dev.sendstatus.store.jdbc.Dialect;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A real database whose statements that read can be made to wait or to fail. */
public final class HookedReads {
    private HookedReads() {}

    /** What happens before each statement of a reader. */
    @FunctionalInterface
    public interface Hook {
        void beforeStatement() throws SQLException, InterruptedException;
    }

    public static Dialect of(Dialect real, Hook hook) {
        return proxy(Dialect.class, (method, arguments) -> {
            Object result = call(real, method, arguments);
            return result instanceof HikariConfig config ? hooked(config, hook) : result;
        });
    }

    private static HikariConfig hooked(HikariConfig real, Hook hook) {
        HikariConfig config = new HikariConfig();
        config.setConnectionInitSql(real.getConnectionInitSql());
        config.setDataSource(proxy(
                DataSource.class,
                (method, arguments) -> method.getName().equals("getConnection")
                        ? hooked(DriverManager.getConnection(real.getJdbcUrl(), real.getDataSourceProperties()), hook)
                        : method.getReturnType() == int.class ? 0 : null));
        return config;
    }

    private static Connection hooked(Connection real, Hook hook) {
        return proxy(Connection.class, (method, arguments) -> {
            if (method.getName().equals("prepareStatement")) {
                hook.beforeStatement();
            }
            return call(real, method, arguments);
        });
    }

    @FunctionalInterface
    private interface Calls {
        @Nullable
        Object call(Method method, Object @Nullable [] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Calls calls) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> calls.call(method, arguments)));
    }

    private static @Nullable Object call(Object real, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

package dev.sendstatus.api;

import io.javalin.config.JavalinConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** The server as it is, with two handlers more that do nothing but read the body: what it could do at all. */
public final class BenchmarkApi {
    /** Does nothing where the webhooks stand: before the servlets, without blocking. */
    public static final String NOOP_IN_FRONT = "/noop/front";

    /** Does nothing as an ordinary route of Javalin. */
    public static final String NOOP_ROUTE = "/noop/route";

    private BenchmarkApi() {}

    public static HttpServer server(Api api) {
        List<Consumer<JavalinConfig>> routes = new ArrayList<>(api.routes());
        routes.add(config -> config.routes.post(NOOP_ROUTE, ctx -> {
            ctx.bodyAsBytes();
            ctx.status(200);
        }));
        return new HttpServer(api.settings(), api.tokens(), api.refused(), new NoopHandler(api.webhooks()), routes);
    }

    private static final class NoopHandler extends Handler.Wrapper {
        private final WebhookRoutes webhooks;

        NoopHandler(WebhookRoutes webhooks) {
            super(webhooks);
            this.webhooks = webhooks;
        }

        @Override
        public void setHandler(Handler handler) {
            // The servlets go behind the webhooks, as in the real server.
            if (webhooks == null || handler == webhooks) {
                super.setHandler(handler);
            } else {
                webhooks.setHandler(handler);
            }
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            if (!NOOP_IN_FRONT.equals(request.getHttpURI().getPath())) {
                return super.handle(request, response, callback);
            }
            read(request, response, callback);
            return true;
        }

        private static void read(Request request, Response response, Callback callback) {
            while (true) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    request.demand(() -> read(request, response, callback));
                    return;
                }
                boolean last = chunk.isLast();
                byte[] body = new byte[chunk.remaining()];
                chunk.getByteBuffer().get(body);
                chunk.release();
                if (last) {
                    response.setStatus(200);
                    response.getHeaders().put("Content-Length", 0);
                    response.write(true, BufferUtil.EMPTY_BUFFER, callback);
                    return;
                }
            }
        }
    }
}

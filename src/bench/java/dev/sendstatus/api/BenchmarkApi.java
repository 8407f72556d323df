package dev.sendstatus.api;

import dev.sendstatus.store.jdbc.Reads;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** The same web server with two handlers that do nothing but read the body: what it could do at all. */
public final class BenchmarkApi {
    /** Does nothing where the webhooks stand: before the servlets, without blocking. */
    public static final String NOOP_IN_FRONT = "/noop/front";

    /** Does nothing as an ordinary route of Javalin. */
    public static final String NOOP_ROUTE = "/noop/route";

    private BenchmarkApi() {}

    /** @param reads only asked for tokens, which no request here needs */
    public static HttpServer server(Reads reads) {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        InstantSource clock = InstantSource.system();
        return new HttpServer(
                new HttpSettings("127.0.0.1", 0, URI.create("http://127.0.0.1"), 1 << 20),
                new Tokens("bench", reads, clock),
                new RefusedRequests(meters, new Refusals(meters, clock).log()),
                new NoopHandler(),
                List.of(config -> config.routes.post(NOOP_ROUTE, ctx -> {
                    ctx.bodyAsBytes();
                    ctx.status(200);
                })));
    }

    private static final class NoopHandler extends Handler.Wrapper {
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

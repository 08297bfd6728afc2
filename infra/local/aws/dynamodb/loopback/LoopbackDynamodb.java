import java.lang.reflect.Field;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/**
 * Starts DynamoDB Local for this machine only. By itself it listens on all addresses, takes any credentials, and lets every
 * web page read its answers. The compiled class is next to this file, because a Java runtime has no compiler. After a change:
 * javac --release 17 -g:none -cp "$jars/DynamoDBLocal.jar:$jars/DynamoDBLocal_lib/*" LoopbackDynamodb.java
 */
public final class LoopbackDynamodb extends Handler.Wrapper {
  private static final String ADDRESS = "127.0.0.1";

  private LoopbackDynamodb(Handler dynamodb) {
    super(dynamodb);
  }

  public static void main(String[] arguments) throws Exception {
    DynamoDBProxyServer proxy = ServerRunner.createServerFromCommandLineArgs(arguments);
    Field field = DynamoDBProxyServer.class.getDeclaredField("server");
    field.setAccessible(true);
    Server server = (Server) field.get(proxy);
    for (Connector connector : server.getConnectors()) ((ServerConnector) connector).setHost(ADDRESS);
    server.setHandler(new LoopbackDynamodb(server.getHandler()));
    proxy.safeStart();
    proxy.join();
  }

  /** Only browsers send an Origin, and a name that was rebound to this machine is not its address. */
  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    boolean fromPage = request.getHeaders().contains("Origin");
    if (!fromPage && ADDRESS.equals(Request.getServerName(request))) return super.handle(request, response, callback);
    Response.writeError(request, response, callback, 403);
    return true;
  }
}

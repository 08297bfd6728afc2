import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.example.java.ApiClient;
import com.example.java.ApiException;
import com.example.java.JSON;
import com.example.java.api.AuthApi;
import com.example.java.api.ChatsApi;
import com.example.java.api.GroupsApi;
import com.example.java.model.CreateGroupRequest;
import com.example.java.model.ListMessagesResponse;
import com.example.java.model.Message;
import com.example.java.model.Problem;
import com.example.java.model.RegisterRequest;
import com.example.java.model.SendMessageRequest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JavaClientTest {
    private static ApiClient register(String name) throws ApiException {
        ApiClient client = new ApiClient().setBasePath(System.getProperty("server"));
        RegisterRequest request =
            new RegisterRequest().email(UUID.randomUUID() + "@example.com").password("correct horse").name(name);
        client.setBearerToken(new AuthApi(client).register(request).getAccessToken());
        return client;
    }

    @Test
    void talksToTheServer() throws ApiException {
        ApiClient anna = register("Anna");
        String chatId = new GroupsApi(anna)
            .createGroup(new CreateGroupRequest().name("Weekend").participantIds(List.of())).getGroup().getId();
        new ChatsApi(anna).sendMessage(chatId, new SendMessageRequest().content("Hills or lake?"));
        Message newest = new ChatsApi(anna).listMessages(chatId, 1L, null, null, null).getMessages().get(0);
        assertEquals("Hills or lake?", newest.getContent());

        ChatsApi ofEve = new ChatsApi(register("Eve"));
        ApiException refusal = assertThrows(ApiException.class, () -> ofEve.listMessages(chatId, null, null, null, null));
        assertEquals(403, refusal.getCode());
        assertEquals("not_a_participant", JSON.<Problem>deserialize(refusal.getResponseBody(), Problem.class).getCode());
    }

    @Test
    void readsValuesAndFieldsThatItDoesNotKnow() {
        String newer = """
            {"messages": [{"id": "c-1", "chatId": "c", "userId": "u", "userName": "Anna", "content": "Hills or lake?",
            "type": "poll", "createdAt": "2026-01-05T12:00:00.000Z", "seq": 1, "choices": ["Hills", "Lake"],
            "metadata": {"event": "poll_opened"}}], "rev": 0, "epoch": "8f0e3a61"}""";
        Message message = JSON.<ListMessagesResponse>deserialize(newer, ListMessagesResponse.class).getMessages().get(0);
        assertEquals("poll", message.getType());
        assertEquals("poll_opened", message.getMetadata().getEvent());
    }
}

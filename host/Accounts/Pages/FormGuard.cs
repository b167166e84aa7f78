using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace K12Hub.Accounts;

/// <summary>Takes posts of our own pages only: the browser says where a post comes from, and the page holds what
/// belongs to a cookie that no other site can set or read.</summary>
internal sealed class FormGuard(IDataProtectionProvider protection)
{
    public const string Field = "formToken", Header = "X-Form-Token";

    private const string Cookie = "__Host-k12hub-form", Made = "k12hub form cookie";
    private const int CookieBytes = 16, MostFields = 16, LongestValue = 2_048, LargestForm = 32 * 1024;

    private readonly IDataProtector protector = protection.CreateProtector("K12Hub.Accounts", "forms");

    /// <summary>What a page puts into its forms; gives the browser its cookie where it has none.</summary>
    public string TokenFor(HttpContext http)
    {
        if (http.Items[Made] is not string value)
        {
            value = http.Request.Cookies[Cookie] is { Length: 2 * CookieBytes } known
                ? known
                : RandomNumberGenerator.GetHexString(2 * CookieBytes);
            http.Items[Made] = value;
            http.Response.Cookies.Append(Cookie, value, new CookieOptions
            {
                HttpOnly = true, Secure = true, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true,
            });
        }

        return protector.Protect(value);
    }

    /// <summary>The fields of a form of ours; null when it is none, and then the answer is written.</summary>
    public async Task<IFormCollection?> ReadAsync(HttpContext http)
    {
        var request = http.Request;
        if (!request.HasFormContentType || request.ContentLength is null or > LargestForm || !IsSameSite(request))
        {
            return await RefuseAsync(http);
        }

        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(
                new()
                {
                    ValueCountLimit = MostFields, ValueLengthLimit = LongestValue, KeyLengthLimit = 64,
                    MultipartBodyLengthLimit = 0,
                },
                http.RequestAborted);
        }
        catch (InvalidDataException)
        {
            return await RefuseAsync(http); // More or longer fields than any form of ours has.
        }

        // One value each: of two, others might take the other.
        return form.All(field => field.Value.Count == 1) && Belongs(request, form[Field])
            ? form
            : await RefuseAsync(http);
    }

    /// <summary>Whether a request of our script is one; when not, the answer is written.</summary>
    public async Task<bool> IsOursAsync(HttpContext http)
    {
        if (http.Request.HasJsonContentType() && IsSameSite(http.Request)
            && Belongs(http.Request, http.Request.Headers[Header]))
        {
            return true;
        }

        await RefuseAsync(http);
        return false;
    }

    /// <summary>Whether the browser says that a page of ours asked. Old browsers say nothing; the cookie
    /// decides.</summary>
    private static bool IsSameSite(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var origin = request.Headers.Origin.ToString();
        return site is "" or "same-origin"
            && (origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var from)
                && from.Authority == request.Host.Value));
    }

    private bool Belongs(HttpRequest request, StringValues token)
    {
        if (request.Cookies[Cookie] is not { Length: > 0 } cookie || token is not [{ Length: > 0 } shown]) return false;

        try
        {
            return CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(protector.Unprotect(shown)), Encoding.UTF8.GetBytes(cookie));
        }
        catch (CryptographicException)
        {
            return false; // Nothing that we made.
        }
    }

    private static async Task<IFormCollection?> RefuseAsync(HttpContext http)
    {
        var words = Words.Of(http.Request);
        await Page.WriteAsync(
            http, words, words["signIn"], Page.Problem(words["refused"]), StatusCodes.Status403Forbidden);
        return null;
    }
}

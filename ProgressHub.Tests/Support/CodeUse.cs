using System.Reflection;
using System.Reflection.Emit;

namespace ProgressHub.Tests.Support;

/// <summary>
/// What the types of an assembly use: of other types in their declarations, and of types and members in the bodies of
/// their methods, read from the compiled code, so that no way of writing it can hide it.
/// </summary>
internal static class CodeUse
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(c => c.Value);

    /// <summary>Each use of a type or of one of its members, by a type.</summary>
    public static IEnumerable<(Type User, Type Used)> OfTypes(IEnumerable<Type> types) => types
        .SelectMany(user => UsedBy(user).SelectMany(Parts).Distinct().Select(used => (user, used)))
        .Where(use => use.user != use.used);

    /// <summary>Each member that the bodies of a type's methods call, read or set.</summary>
    public static IEnumerable<(Type User, MemberInfo Used)> OfMembers(IEnumerable<Type> types) => types
        .SelectMany(user => Methods(user).SelectMany(Operands).Select(used => (user, used)));

    private static IEnumerable<Type> UsedBy(Type type)
    {
        IEnumerable<Type?> declared =
        [
            type.BaseType, .. type.GetInterfaces(), .. type.GetGenericArguments().SelectMany(Constraints),
            .. type.GetFields(Declared).Select(f => f.FieldType),
            .. type.GetProperties(Declared).Select(p => p.PropertyType),
            .. type.GetEvents(Declared).Select(e => e.EventHandlerType),
            .. Attributes(type), .. type.GetMembers(Declared).Where(m => m is not Type).SelectMany(Attributes),
        ];
        return declared.Concat(Methods(type).SelectMany(UsedBy)).OfType<Type>();
    }

    private static IEnumerable<Type?> UsedBy(MethodBase method)
    {
        foreach (var parameter in method.GetParameters())
            yield return parameter.ParameterType;
        if (method is MethodInfo { } info)
            yield return info.ReturnType;
        if (method.IsGenericMethodDefinition)
        {
            foreach (var constraint in method.GetGenericArguments().SelectMany(Constraints))
                yield return constraint;
        }

        if (method.GetMethodBody() is not { } body)
            yield break;
        foreach (var local in body.LocalVariables)
            yield return local.LocalType;
        foreach (var handler in body.ExceptionHandlingClauses.Where(c => c.Flags == ExceptionHandlingClauseOptions.Clause))
            yield return handler.CatchType;
        foreach (var operand in Operands(method))
        {
            yield return operand as Type ?? operand.DeclaringType;
            if (operand is MethodInfo { IsGenericMethod: true } generic)
            {
                foreach (var argument in generic.GetGenericArguments())
                    yield return argument;
            }
        }
    }

    private static IEnumerable<MethodBase> Methods(Type type) =>
        type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared));

    private static Type[] Constraints(Type argument) =>
        argument.IsGenericParameter ? argument.GetGenericParameterConstraints() : [];

    private static IEnumerable<Type> Attributes(MemberInfo member) => member.GetCustomAttributesData()
        .SelectMany(a => a.ConstructorArguments.Select(c => c.Value as Type).Append(a.AttributeType)).OfType<Type>();

    private static List<MemberInfo> Operands(MethodBase method)
    {
        var found = new List<MemberInfo>();
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } il)
            return found;

        var typeArguments = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < il.Length;)
        {
            var code = il[at] == 0xFE ? Codes[unchecked((short)(0xFE00 | il[at + 1]))] : Codes[il[at]];
            at += code.Size;
            switch (code.OperandType)
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    found.Add(method.Module.ResolveMember(BitConverter.ToInt32(il, at), typeArguments, methodArguments)!);
                    at += 4;
                    break;
                case OperandType.InlineSwitch:
                    at += 4 + (4 * BitConverter.ToInt32(il, at));
                    break;
                default:
                    at += Size(code.OperandType);
                    break;
            }
        }

        return found;
    }

    private static int Size(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };

    /// <summary>A type and what it is made of: elements, generic arguments, and its definition.</summary>
    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType)
            return Parts(type.GetElementType()!);
        if (type.IsGenericParameter)
            return [];
        return type.IsConstructedGenericType
            ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition())
            : [type];
    }
}

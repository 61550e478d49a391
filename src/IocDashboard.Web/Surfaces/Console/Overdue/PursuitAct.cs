namespace IocDashboard.Web.Surfaces.Console.Overdue;

/// <summary>What can be done about reports that were picked.</summary>
public enum PursuitAct { Urge, Excuse, Extend, TakeOver, Note }

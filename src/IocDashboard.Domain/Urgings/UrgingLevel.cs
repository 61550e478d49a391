namespace IocDashboard.Domain.Urgings;

/// <summary>How high an act of urging reaches. The third is the PPC Office's own (article 6.1): the centre cannot speak for it.</summary>
public enum UrgingLevel { FocalPoint = 1, Head = 2, Office = 3 }
